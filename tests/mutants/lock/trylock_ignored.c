/* Tries, and goes in whatever comes of it. */
#include <pthread.h>
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
	pthread_mutex_trylock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&lock->mutex);
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
