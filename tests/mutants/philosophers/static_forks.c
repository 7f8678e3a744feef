/* The forks are variables of the program, not of the table. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

static pthread_mutex_t fork_of[PHILOSOPHERS_MAX]; /* fork i lies between philosophers i and i + 1 */

struct philosophers {
	unsigned n;
};

static int init(struct philosophers *table, unsigned philosophers)
{
	int error = 0;
	table->n = philosophers;
	for (unsigned i = 0; i < philosophers && error == 0; i++)
		error = pthread_mutex_init(&fork_of[i], NULL);
	return error;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n;
	pthread_mutex_lock(&fork_of[left < self ? left : self]);
	pthread_mutex_lock(&fork_of[left < self ? self : left]);
}

static void put_down(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n;
	pthread_mutex_unlock(&fork_of[left]);
	pthread_mutex_unlock(&fork_of[self]);
}

static void destroy(struct philosophers *table)
{
	for (unsigned i = 0; i < table->n; i++)
		pthread_mutex_destroy(&fork_of[i]);
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
