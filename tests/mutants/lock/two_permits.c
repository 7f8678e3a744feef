/* A semaphore as a lock, with one permit too many. */
#include <semaphore.h>
#include <syncgrade/lock.h>

struct lock {
	sem_t permits;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	return sem_init(&lock->permits, 0, 2);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (sem_wait(&lock->permits) != 0)
		;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	sem_post(&lock->permits);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
