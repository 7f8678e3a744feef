/* Left fork, right fork, eat. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	pthread_mutex_t forks[PHILOSOPHERS_MAX];
	unsigned n;
};

static int init(struct philosophers *t, unsigned philosophers)
{
	t->n = philosophers;
	for (unsigned i = 0; i < philosophers; i++)
		pthread_mutex_init(&t->forks[i], NULL);
	return 0;
}

static void pick_up(struct philosophers *t, unsigned self)
{
	pthread_mutex_lock(&t->forks[self]);
	pthread_mutex_lock(&t->forks[(self + 1) % t->n]);
}

static void put_down(struct philosophers *t, unsigned self)
{
	pthread_mutex_unlock(&t->forks[self]);
	pthread_mutex_unlock(&t->forks[(self + 1) % t->n]);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};

/* tells: They wait in a circle: each for what the next one holds.
 * lines: 31 */
