/* Relies on memory that is zero; it is not. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	unsigned threads;
	atomic_bool held;
};

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = threads;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_exchange(&lock->held, true))
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->held, false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
