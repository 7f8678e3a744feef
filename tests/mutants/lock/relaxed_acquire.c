/* Test-and-set whose acquire orders nothing. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_flag held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_flag_clear(&lock->held);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_flag_test_and_set_explicit(&lock->held, memory_order_relaxed))
		;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_flag_clear_explicit(&lock->held, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
