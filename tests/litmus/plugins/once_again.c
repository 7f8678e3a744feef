/* What is to be done once, again and again: the variable that says whether it was done is another one each time, where
 * there was one before. */
// test: lock-counter | -t 2 -r 2 -p 0x401 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex;
};

static _Thread_local bool done;

static void do_it(void)
{
	done = true;
}

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	pthread_once_t once = PTHREAD_ONCE_INIT;

	(void)self;
	done = false;
	pthread_once(&once, do_it);
	if (!done)
		__builtin_trap();
	pthread_mutex_lock(&lock->mutex);
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
