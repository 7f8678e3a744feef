/* Test-and-set: the simplest lock that is one. Correct, but unfair: a thread can be passed by for ever.
 * The bare spin burns the processor while it waits. */
#include <stdatomic.h>
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

/* Acquire: what is done inside cannot move before the exchange that found the flag clear, and that exchange reads the
 * clear of the thread that was inside before. */
static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_flag_test_and_set_explicit(&lock->held, memory_order_acquire))
		;
}

/* Release: everything done inside comes before it for the thread whose exchange reads it. */
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
