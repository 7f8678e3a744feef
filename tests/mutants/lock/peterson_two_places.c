/* Peterson's algorithm with places for two, and threads_max does not say so: the third writes beyond the array. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_uint wants[2];
	atomic_uint turn;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->wants[0], 0);
	atomic_init(&lock->wants[1], 0);
	atomic_init(&lock->turn, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned other = self == 0;
	atomic_store(&lock->wants[self], 1);
	atomic_store(&lock->turn, other);
	while (atomic_load(&lock->wants[other]) != 0 && atomic_load(&lock->turn) == other)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->wants[self], 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
