/* Peterson's algorithm for two threads: say that you want in, let the other go first, wait while it wants in and it is
 * its turn. (Peterson, "Myths about the mutual exclusion problem", 1981.) */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool wants[2];
	atomic_uint turn; /* who goes first if both want in */
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->wants[0], false);
	atomic_init(&lock->wants[1], false);
	atomic_init(&lock->turn, 0);
	return 0;
}

/* All of it sequentially consistent: the store to wants[self] must come before the load of wants[other] in an order
 * that both threads agree on. Release and acquire do not give that: each could read the other's old value. */
static void acquire(struct lock *lock, unsigned self)
{
	unsigned other = 1 - self;
	atomic_store(&lock->wants[self], true);
	atomic_store(&lock->turn, other);
	while (atomic_load(&lock->wants[other]) && atomic_load(&lock->turn) == other)
		;
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->wants[self], false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
