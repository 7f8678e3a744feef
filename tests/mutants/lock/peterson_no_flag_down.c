/* Peterson's algorithm whose release only gives the turn away. */
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
	atomic_store(&lock->wants[self], true);
	atomic_store(&lock->turn, other);
	while (atomic_load(&lock->wants[other]) && atomic_load(&lock->turn) == other)
		;
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->turn, 1 - self);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
