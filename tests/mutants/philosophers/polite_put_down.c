/* A monitor. Who puts his forks down is polite, and does not leave the table before his hungry neighbours have begun to
 * eat. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	bool eats[PHILOSOPHERS_MAX], hungry[PHILOSOPHERS_MAX]; /* protected by the mutex */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	int error = pthread_mutex_init(&table->mutex, NULL);
	table->n = philosophers;
	for (unsigned i = 0; i < philosophers && error == 0; i++) {
		table->eats[i] = table->hungry[i] = false;
	}
	if (error == 0)
		error = pthread_cond_init(&table->changed, NULL);
	return error;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n, right = (self + 1) % table->n;
	pthread_mutex_lock(&table->mutex);
	table->hungry[self] = true;
	while (table->eats[left] || table->eats[right])
		pthread_cond_wait(&table->changed, &table->mutex);
	table->hungry[self] = false;
	table->eats[self] = true;
	pthread_cond_broadcast(&table->changed);
	pthread_mutex_unlock(&table->mutex);
}

static void put_down(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n, right = (self + 1) % table->n;
	pthread_mutex_lock(&table->mutex);
	table->eats[self] = false;
	pthread_cond_broadcast(&table->changed);
	while (table->hungry[left] || table->hungry[right])
		pthread_cond_wait(&table->changed, &table->mutex);
	pthread_mutex_unlock(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	pthread_cond_destroy(&table->changed);
	pthread_mutex_destroy(&table->mutex);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.threads_max = 0, /* any number up to PHILOSOPHERS_MAX */
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
	.destroy = destroy,
};
