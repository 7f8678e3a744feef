/* Test-and-set once more, with the old __sync builtins of gcc: __sync_lock_test_and_set is an acquire barrier and
 * __sync_lock_release a release barrier, which is just what a lock needs. Gives the processor away while it waits. */
#include <sched.h>
#include <syncgrade/lock.h>

struct lock {
	int held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->held = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (__sync_lock_test_and_set(&lock->held, 1) != 0)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	__sync_lock_release(&lock->held);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
