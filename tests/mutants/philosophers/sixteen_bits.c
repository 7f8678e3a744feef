/* All forks in one word, which has sixteen bits: nobody sees who else has taken the others. */
#include <pthread.h>
#include <stdint.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	uint16_t taken; /* protected by the mutex: a bit for each fork */
	unsigned n;
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->taken = 0;
	table->n = philosophers;
	pthread_cond_init(&table->changed, NULL);
	return pthread_mutex_init(&table->mutex, NULL);
}

static uint32_t forks(const struct philosophers *table, unsigned self)
{
	return UINT32_C(1) << self | UINT32_C(1) << (self + 1) % table->n;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	pthread_mutex_lock(&table->mutex);
	while ((table->taken & forks(table, self)) != 0)
		pthread_cond_wait(&table->changed, &table->mutex);
	table->taken = (uint16_t)(table->taken | forks(table, self));
	pthread_mutex_unlock(&table->mutex);
}

static void put_down(struct philosophers *table, unsigned self)
{
	pthread_mutex_lock(&table->mutex);
	table->taken = (uint16_t)(table->taken & ~forks(table, self));
	pthread_cond_broadcast(&table->changed);
	pthread_mutex_unlock(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	pthread_mutex_destroy(&table->mutex);
	pthread_cond_destroy(&table->changed);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
	.destroy = destroy,
};
