/* The mutex protects acquire, not what comes after it. */
#include <pthread.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex;
	unsigned owner;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->owner = 0;
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	pthread_mutex_lock(&lock->mutex);
	lock->owner = self;
	pthread_mutex_unlock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	(void)lock;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
