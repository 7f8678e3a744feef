/* A count that opens without a lock, and a mutex and a condition variable for those that have to sleep. */
#include <latch.h>

#include <pthread.h>
#include <stdatomic.h>

struct latch {
	atomic_uint count;
	pthread_mutex_t mutex;
	pthread_cond_t open;
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
	unsigned count = atomic_load_explicit(&latch->count, memory_order_relaxed);
	while (count > 0 && !atomic_compare_exchange_weak_explicit(&latch->count, &count, count - 1,
								   memory_order_acq_rel, memory_order_relaxed))
		;
	if (count != 1)
		return;
	/* Under the mutex, so that it comes before or after a waiter looks and sleeps, never in between. */
	pthread_mutex_lock(&latch->mutex);
	pthread_cond_broadcast(&latch->open);
	pthread_mutex_unlock(&latch->mutex);
}

static void await(struct latch *latch)
{
	if (atomic_load_explicit(&latch->count, memory_order_acquire) == 0)
		return;
	pthread_mutex_lock(&latch->mutex);
	while (atomic_load_explicit(&latch->count, memory_order_acquire) > 0)
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
