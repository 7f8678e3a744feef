/* The count is atomic, and the broadcast is made without the mutex. */
#include <latch.h>

#include <pthread.h>
#include <stdatomic.h>

struct latch {
	pthread_mutex_t mutex;
	pthread_cond_t open;
	atomic_uint count;
};

static int init(struct latch *latch, unsigned count)
{
	int error = pthread_mutex_init(&latch->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&latch->open, NULL);
	atomic_init(&latch->count, count);
	return error;
}

static void count_down(struct latch *latch)
{
	unsigned count = atomic_load(&latch->count);
	while (count > 0 && !atomic_compare_exchange_weak(&latch->count, &count, count - 1))
		;
	if (count == 1)
		pthread_cond_broadcast(&latch->open);
}

static void await(struct latch *latch)
{
	pthread_mutex_lock(&latch->mutex);
	while (atomic_load(&latch->count) > 0)
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
