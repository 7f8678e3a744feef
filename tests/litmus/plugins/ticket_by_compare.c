/* A ticket lock whose tickets are drawn by compare-exchange: a round that fails is as if the first load had seen what
 * it found, and so is one that waits once more for nothing. GenMC: 48 and 28,032; Nidhugg, as here: 6 and 90, one for
 * each order of the tickets. */
// test: lock-counter | -t 3 -r 1 -p 1 | mutual-exclusion: pass executions 6 .* complete
// test: lock-counter | -t 3 -r 2 -p 1 -x 200000 | mutual-exclusion: pass executions 90 .* complete
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_uint next, now;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->next, 0);
	atomic_init(&lock->now, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned mine = atomic_load_explicit(&lock->next, memory_order_relaxed);
	(void)self;
	while (!atomic_compare_exchange_weak_explicit(&lock->next, &mine, mine + 1, memory_order_relaxed,
						      memory_order_relaxed))
		;
	while (atomic_load_explicit(&lock->now, memory_order_acquire) != mine)
		;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store_explicit(&lock->now, atomic_load_explicit(&lock->now, memory_order_relaxed) + 1,
			      memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
