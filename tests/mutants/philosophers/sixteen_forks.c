/* Sixteen forks on the table, however many sit round it: the seventeenth philosopher takes the first one's. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/philosophers.h>

#define FORKS 16u

struct philosophers {
	pthread_mutex_t mutex;
	pthread_cond_t put_down;
	unsigned philosophers;
	bool taken[FORKS]; /* protected by the mutex */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->philosophers = philosophers;
	for (unsigned i = 0; i < FORKS; i++)
		table->taken[i] = false;
	pthread_cond_init(&table->put_down, NULL);
	return pthread_mutex_init(&table->mutex, NULL);
}

static bool *left(struct philosophers *table, unsigned self)
{
	return &table->taken[self % FORKS];
}

static bool *right(struct philosophers *table, unsigned self)
{
	return &table->taken[(self + 1) % table->philosophers % FORKS];
}

static void pick_up(struct philosophers *table, unsigned self)
{
	pthread_mutex_lock(&table->mutex);
	while (*left(table, self) || *right(table, self))
		pthread_cond_wait(&table->put_down, &table->mutex);
	*left(table, self) = *right(table, self) = true;
	pthread_mutex_unlock(&table->mutex);
}

static void put_down(struct philosophers *table, unsigned self)
{
	pthread_mutex_lock(&table->mutex);
	*left(table, self) = *right(table, self) = false;
	pthread_cond_broadcast(&table->put_down);
	pthread_mutex_unlock(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	pthread_cond_destroy(&table->put_down);
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
