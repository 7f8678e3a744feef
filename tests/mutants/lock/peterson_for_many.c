/* Peterson's algorithm for two, used by as many as come. */
#include <sched.h>
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
	unsigned me = self % 2, other = 1 - me;
	atomic_store(&lock->wants[me], true);
	atomic_store(&lock->turn, other);
	while (atomic_load(&lock->wants[other]) && atomic_load(&lock->turn) == other)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->wants[self % 2], false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
