/* Test-and-test-and-set, whose waiting looks at plain memory of the thread's own: from the second time on it no longer
 * looks before it tries. So the same value, seen in the same state, leads round the loop the first time, and out of it
 * later. */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions 62 blocked 58 complete
// test: lock-counter | -t 3 -r 1 -p 1 | mutual-exclusion: pass executions 36 blocked 66 complete
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool held;
	bool hasty[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	atomic_init(&lock->held, false);
	for (unsigned i = 0; i < threads; i++)
		lock->hasty[i] = false;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	for (;;) {
		while (atomic_load_explicit(&lock->held, memory_order_relaxed)) {
			if (lock->hasty[self])
				break;
		}
		if (!atomic_exchange_explicit(&lock->held, true, memory_order_acquire))
			return;
	}
}

static void release(struct lock *lock, unsigned self)
{
	lock->hasty[self] = true;
	atomic_store_explicit(&lock->held, false, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
