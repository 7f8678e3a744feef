/* Peterson's algorithm with release and acquire, which do not order a store before a later load. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool wants[2];
	atomic_uint turn;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->wants[0], false);
	atomic_init(&lock->wants[1], false);
	atomic_init(&lock->turn, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned other = 1 - self;
	atomic_store_explicit(&lock->wants[self], true, memory_order_release);
	atomic_store_explicit(&lock->turn, other, memory_order_release);
	while (atomic_load_explicit(&lock->wants[other], memory_order_acquire) &&
	       atomic_load_explicit(&lock->turn, memory_order_acquire) == other)
		;
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store_explicit(&lock->wants[self], false, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
