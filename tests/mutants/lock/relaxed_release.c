/* Test-and-set whose release orders nothing. */
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
	while (atomic_exchange_explicit(&lock->held, true, memory_order_acquire))
		;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store_explicit(&lock->held, false, memory_order_relaxed);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
