/* Reads far beyond its object. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*crashes with SIGSEGV
#include <pthread.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex;
	int more[2];
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->more[0] = lock->more[1] = 0;
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	volatile int *more = lock->more;
	pthread_mutex_lock(&lock->mutex);
	if (more[1000 + self] == 7)
		pthread_mutex_unlock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
