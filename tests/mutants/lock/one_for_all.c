/* The lock lies outside the struct: all locks are the same one. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

static atomic_bool held;

struct lock {
	char unused;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->unused = 0;
	atomic_store(&held, false);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	(void)lock;
	while (atomic_exchange(&held, true))
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	(void)lock;
	atomic_store(&held, false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
