/* One after the other, round the table. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	unsigned turn; /* protected by the mutex */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	int error = pthread_mutex_init(&table->mutex, NULL);
	table->n = philosophers;
	table->turn = 0;
	return error != 0 ? error : pthread_cond_init(&table->changed, NULL);
}

static void pick_up(struct philosophers *table, unsigned self)
{
	pthread_mutex_lock(&table->mutex);
	while (table->turn != self)
		pthread_cond_wait(&table->changed, &table->mutex);
	pthread_mutex_unlock(&table->mutex);
}

static void put_down(struct philosophers *table, unsigned self)
{
	pthread_mutex_lock(&table->mutex);
	table->turn = (self + 1) % table->n;
	pthread_cond_broadcast(&table->changed);
	pthread_mutex_unlock(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	pthread_cond_destroy(&table->changed);
	pthread_mutex_destroy(&table->mutex);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
	.destroy = destroy,
};
