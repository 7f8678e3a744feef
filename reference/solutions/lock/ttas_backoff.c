/* Test-and-test-and-set with exponential backoff: look before trying, so that waiting threads read their own caches
 * instead of fighting for the line; after a lost race, stay away for a while, twice as long each time.
 * (Anderson, "The performance of spin lock alternatives", 1990.) Unfair, like test-and-set. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

#define YIELDS_MAX 16u

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
	unsigned yields = 1;
	(void)self;
	for (;;) {
		/* Relaxed: a hint only. The exchange below decides, and acquires. */
		while (atomic_load_explicit(&lock->held, memory_order_relaxed))
			;
		if (!atomic_exchange_explicit(&lock->held, true, memory_order_acquire))
			return;
		for (unsigned i = 0; i < yields; i++)
			sched_yield();
		if (yields < YIELDS_MAX)
			yields *= 2;
	}
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store_explicit(&lock->held, false, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
