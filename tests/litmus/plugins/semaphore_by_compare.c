/* A lock that is a semaphore taken by compare-exchange: each round loads anew. The counts are those of TTAS, GenMC's
 * and Nidhugg's. */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions 34 .* complete
// test: lock-counter | -t 3 -r 1 -p 1 | mutual-exclusion: pass executions 36 .* complete
// test: lock-counter | -t 3 -r 2 -p 1 | mutual-exclusion: pass executions 7134 .* complete
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_int permits;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->permits, 1);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	for (;;) {
		int permits = atomic_load_explicit(&lock->permits, memory_order_relaxed);
		if (permits > 0 && atomic_compare_exchange_strong_explicit(&lock->permits, &permits, permits - 1,
									   memory_order_acquire, memory_order_relaxed))
			return;
	}
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add_explicit(&lock->permits, 1, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
