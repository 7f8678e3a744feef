/* Takes the left fork, and puts it back if the right one is taken: no deadlock. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	pthread_mutex_t fork[PHILOSOPHERS_MAX];
	unsigned n;
};

static int init(struct philosophers *t, unsigned philosophers)
{
	t->n = philosophers;
	for (unsigned i = 0; i < philosophers; i++)
		pthread_mutex_init(&t->fork[i], NULL);
	return 0;
}

static void pick_up(struct philosophers *t, unsigned self)
{
	unsigned right = (self + 1) % t->n;
	for (;;) {
		pthread_mutex_lock(&t->fork[self]);
		if (pthread_mutex_trylock(&t->fork[right]) == 0)
			return;
		pthread_mutex_unlock(&t->fork[self]);
	}
}

static void put_down(struct philosophers *t, unsigned self)
{
	pthread_mutex_unlock(&t->fork[self]);
	pthread_mutex_unlock(&t->fork[(self + 1) % t->n]);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};

/* tells: Livelock: all threads take steps for ever, and none of them gets in.
 * lines: 31 */
