/* A mutex of the library: each order of the critical sections is one execution, and none is run in which a thread waits
 * for what the execution goes on to give it. */
// test: lock-counter | -t 3 -r 1 -p 1 | mutual-exclusion: pass executions 6 blocked 0 complete
// test: lock-counter | -t 4 -r 2 -p 1 | mutual-exclusion: pass executions 2520 blocked 0 complete
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
	pthread_mutex_lock(&lock->mutex);
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
