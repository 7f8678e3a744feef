/* A correct lock: test-and-test-and-set, and each thread counts how often it had to look (its own slot, plain). */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool taken;
	atomic_ulong n;
	unsigned long looks[LOCK_THREADS_MAX]; /* each thread's own */
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->taken, false);
	atomic_init(&lock->n, 0);
	for (unsigned i = 0; i < LOCK_THREADS_MAX; i++)
		lock->looks[i] = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	while (atomic_exchange_explicit(&lock->taken, true, memory_order_acquire)) {
		atomic_fetch_add_explicit(&lock->n, 1, memory_order_relaxed);
		sched_yield();
	}
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store_explicit(&lock->taken, false, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
