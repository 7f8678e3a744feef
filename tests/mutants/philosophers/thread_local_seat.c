/* A monitor in which only those count who have sat down: a thread does so when it eats for the first time. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	pthread_mutex_t mutex;
	pthread_cond_t changed[PHILOSOPHERS_MAX];               /* for the philosopher with this number */
	bool eats[PHILOSOPHERS_MAX], present[PHILOSOPHERS_MAX]; /* protected by the mutex */
};

/* Whether this thread has sat down. At which table? */
static _Thread_local bool seated;

static int init(struct philosophers *table, unsigned philosophers)
{
	int error = pthread_mutex_init(&table->mutex, NULL);
	table->n = philosophers;
	for (unsigned i = 0; i < philosophers && error == 0; i++) {
		table->eats[i] = table->present[i] = false;
		error = pthread_cond_init(&table->changed[i], NULL);
	}
	return error;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n, right = (self + 1) % table->n;
	pthread_mutex_lock(&table->mutex);
	if (!seated)
		table->present[self] = seated = true;
	while ((table->present[left] && table->eats[left]) || (table->present[right] && table->eats[right]))
		pthread_cond_wait(&table->changed[self], &table->mutex);
	table->eats[self] = true;
	pthread_mutex_unlock(&table->mutex);
}

static void put_down(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n, right = (self + 1) % table->n;
	pthread_mutex_lock(&table->mutex);
	table->eats[self] = false;
	pthread_cond_signal(&table->changed[left]);
	pthread_cond_signal(&table->changed[right]);
	pthread_mutex_unlock(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	for (unsigned i = 0; i < table->n; i++)
		pthread_cond_destroy(&table->changed[i]);
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
