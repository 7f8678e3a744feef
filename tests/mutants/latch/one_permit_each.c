/* The last count posts a permit for each of sixty-four that may wait: whoever comes after those waits. */
#include <latch.h>

#include <pthread.h>
#include <semaphore.h>

#define MANY 64u

struct latch {
	pthread_mutex_t mutex;
	sem_t open;
	unsigned count; /* protected by the mutex */
};

static int init(struct latch *latch, unsigned count)
{
	latch->count = count;
	sem_init(&latch->open, 0, count == 0 ? MANY : 0);
	return pthread_mutex_init(&latch->mutex, NULL);
}

static void count_down(struct latch *latch)
{
	pthread_mutex_lock(&latch->mutex);
	if (latch->count > 0 && --latch->count == 0) {
		for (unsigned i = 0; i < MANY; i++)
			sem_post(&latch->open);
	}
	pthread_mutex_unlock(&latch->mutex);
}

static void await(struct latch *latch)
{
	while (sem_wait(&latch->open) != 0)
		;
}

static void destroy(struct latch *latch)
{
	sem_destroy(&latch->open);
	pthread_mutex_destroy(&latch->mutex);
}

const struct latch_plugin latch_plugin = {
	.abi = LATCH_PLUGIN_ABI,
	.size = sizeof(struct latch),
	.init = init,
	.count_down = count_down,
	.await = await,
	.destroy = destroy,
};
