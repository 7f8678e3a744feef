/* The lock is handed from thread to thread in a circle. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	unsigned threads;
	atomic_uint turn;
};

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = threads;
	atomic_init(&lock->turn, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	while (atomic_load_explicit(&lock->turn, memory_order_acquire) != self)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store_explicit(&lock->turn, (self + 1) % lock->threads, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
