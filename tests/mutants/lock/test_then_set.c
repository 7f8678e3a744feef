/* Looks whether the lock is free, and then takes it: two threads may look before one of them takes. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->held, false);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_load(&lock->held))
		;
	atomic_store(&lock->held, true);
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
