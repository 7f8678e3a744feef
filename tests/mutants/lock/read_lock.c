/* Takes a readers-writers lock for reading: readers share it. */
#include <pthread.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_rwlock_t lock;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	return pthread_rwlock_init(&lock->lock, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_rwlock_rdlock(&lock->lock);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_rwlock_unlock(&lock->lock);
}

static void destroy(struct lock *lock)
{
	pthread_rwlock_destroy(&lock->lock);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
