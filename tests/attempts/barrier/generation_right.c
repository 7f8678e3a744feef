/* With a generation number, so that it can be used again. */
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
	b->waiting++;
	if (b->waiting == b->n) {
		b->generation++;
		b->waiting = 0;
		pthread_cond_broadcast(&b->cond);
	} else {
		while (mine == b->generation)
			pthread_cond_wait(&b->cond, &b->mutex);
	}
	pthread_mutex_unlock(&b->mutex);
}

static void destroy(struct barrier *b)
{
	pthread_cond_destroy(&b->cond);
	pthread_mutex_destroy(&b->mutex);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
	.destroy = destroy,
};

/* tells: nothing is wrong
 * lines: 16 */
