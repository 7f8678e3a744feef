/* A semaphore of the library: each order of the critical sections is one execution, and none is run in which a thread waits
 * for what the execution goes on to give it. */
// test: lock-counter | -t 3 -r 1 -p 1 | mutual-exclusion: pass executions 6 blocked 0 complete
// test: lock-counter | -t 4 -r 2 -p 1 | mutual-exclusion: pass executions 2520 blocked 0 complete
#include <semaphore.h>
#include <syncgrade/lock.h>

struct lock {
	sem_t one;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	return sem_init(&lock->one, 0, 1);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	sem_wait(&lock->one);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	sem_post(&lock->one);
}

static void destroy(struct lock *lock)
{
	sem_destroy(&lock->one);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
