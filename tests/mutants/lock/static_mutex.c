/* One mutex of the program for every lock. */
#include <pthread.h>
#include <syncgrade/lock.h>

struct lock {
	int threads;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = (int)threads;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	(void)lock;
	pthread_mutex_lock(&mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	(void)lock;
	pthread_mutex_unlock(&mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
