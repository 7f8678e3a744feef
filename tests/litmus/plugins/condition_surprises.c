/* A semaphore as a lock, with a mutex and a condition: all executions without spurious wake-ups, then those with one,
 * then the others. With a budget that does not suffice for the last, what has been seen before stands. */
// test: lock-counter | -t 3 -r 1 -p 1 | mutual-exclusion: pass executions 774 blocked 474 complete
// test: lock-counter | -t 3 -r 1 -p 1 -x 1000 | mutual-exclusion: pass executions 312 .* complete surprises one
// test: lock-counter | -t 3 -r 1 -p 1 -x 100 | mutual-exclusion: pass .* incomplete surprises none
#include <pthread.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex;
	pthread_cond_t more;
	int permits;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->permits = 1;
	pthread_mutex_init(&lock->mutex, NULL);
	return pthread_cond_init(&lock->more, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	while (lock->permits == 0)
		pthread_cond_wait(&lock->more, &lock->mutex);
	lock->permits--;
	pthread_mutex_unlock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->permits++;
	pthread_cond_signal(&lock->more);
	pthread_mutex_unlock(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
