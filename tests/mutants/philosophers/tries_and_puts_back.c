/* Takes the left fork, and if the right one is not there puts it back and tries again. */
#include <pthread.h>
#include <sched.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	pthread_mutex_t fork[PHILOSOPHERS_MAX]; /* fork i lies between philosophers i and i + 1 */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	int error = 0;
	table->n = philosophers;
	for (unsigned i = 0; i < philosophers && error == 0; i++)
		error = pthread_mutex_init(&table->fork[i], NULL);
	return error;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n;
	for (;;) {
		pthread_mutex_lock(&table->fork[left]);
		if (pthread_mutex_trylock(&table->fork[self]) == 0)
			return;
		pthread_mutex_unlock(&table->fork[left]);
		sched_yield();
	}
}

static void put_down(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n;
	pthread_mutex_unlock(&table->fork[left]);
	pthread_mutex_unlock(&table->fork[self]);
}

static void destroy(struct philosophers *table)
{
	for (unsigned i = 0; i < table->n; i++)
		pthread_mutex_destroy(&table->fork[i]);
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
