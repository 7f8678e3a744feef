/* Test-and-test-and-set, in which who looks is to be seen: a round that ends in the state that it began in is not in
 * vain, for others may read what it has written. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass executions 200 blocked 164
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool held;
	atomic_uint looking;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->held, false);
	atomic_init(&lock->looking, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	for (;;) {
		(void)atomic_load_explicit(&lock->looking, memory_order_relaxed);
		atomic_store_explicit(&lock->looking, 1, memory_order_relaxed);
		if (atomic_load_explicit(&lock->held, memory_order_relaxed))
			continue;
		if (!atomic_exchange_explicit(&lock->held, true, memory_order_acquire))
			return;
	}
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	(void)atomic_load_explicit(&lock->looking, memory_order_relaxed);
	atomic_store_explicit(&lock->held, false, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
