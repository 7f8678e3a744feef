/* The count has sixteen bits: one of 65537 is one of 1. */
#include <latch.h>

#include <pthread.h>

struct latch {
	pthread_mutex_t mutex;
	pthread_cond_t open;
	unsigned short count; /* protected by the mutex */
};

static int init(struct latch *latch, unsigned count)
{
	int error = pthread_mutex_init(&latch->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&latch->open, NULL);
	latch->count = (unsigned short)count;
	return error;
}

static void count_down(struct latch *latch)
{
	pthread_mutex_lock(&latch->mutex);
	if (latch->count > 0 && --latch->count == 0)
		pthread_cond_broadcast(&latch->open);
	pthread_mutex_unlock(&latch->mutex);
}

static void await(struct latch *latch)
{
	pthread_mutex_lock(&latch->mutex);
	while (latch->count > 0)
		pthread_cond_wait(&latch->open, &latch->mutex);
	pthread_mutex_unlock(&latch->mutex);
}

static void destroy(struct latch *latch)
{
	pthread_cond_destroy(&latch->open);
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
