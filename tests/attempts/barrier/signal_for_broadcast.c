/* With a generation number. */
#include <pthread.h>
#include <syncgrade/barrier.h>

struct barrier {
	pthread_mutex_t mutex;
	pthread_cond_t cond;
	unsigned n, waiting, generation;
};

static int init(struct barrier *b, unsigned threads)
{
	pthread_mutex_init(&b->mutex, NULL);
	pthread_cond_init(&b->cond, NULL);
	b->n = threads;
	b->waiting = 0;
	b->generation = 0;
	return 0;
}

static void wait(struct barrier *b, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&b->mutex);
	unsigned mine = b->generation;
	if (++b->waiting == b->n) {
		b->generation++;
		b->waiting = 0;
		pthread_cond_signal(&b->cond);
	}
	while (mine == b->generation)
		pthread_cond_wait(&b->cond, &b->mutex);
	pthread_mutex_unlock(&b->mutex);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};

/* tells: sleeps in wait() (pthread_cond_wait(barrier->cond)), and no one is left to wake it.
 * lines: 51 */
