/* The lock of the library, in the clothes of this exercise. */
#include <pthread.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	if (pthread_mutex_lock(&lock->mutex) != 0)
		abort();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	if (pthread_mutex_unlock(&lock->mutex) != 0)
		abort();
}

static void destroy(struct lock *lock)
{
	pthread_mutex_destroy(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
