/* Just use a mutex. */
#include <pthread.h>
#include <syncgrade/lock.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

struct lock {
	int unused;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->unused = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	pthread_mutex_lock(&mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	pthread_mutex_unlock(&mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: While one thread held a lock, another could not get through a different lock.
 * lines: 23 */
