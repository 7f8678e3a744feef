/* Each thread locks a mutex of its own. */
#include <pthread.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	for (unsigned i = 0; i < threads; i++)
		pthread_mutex_init(&lock->mutex[i], NULL);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	pthread_mutex_lock(&lock->mutex[self]);
}

static void release(struct lock *lock, unsigned self)
{
	pthread_mutex_unlock(&lock->mutex[self]);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
