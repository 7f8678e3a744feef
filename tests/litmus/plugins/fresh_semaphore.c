/* A POSIX semaphore that nobody has initialized. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*a semaphore is used that was never initialized
#include <semaphore.h>
#include <syncgrade/lock.h>

struct lock {
	sem_t free;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)lock;
	(void)threads;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	sem_wait(&lock->free);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	sem_post(&lock->free);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
