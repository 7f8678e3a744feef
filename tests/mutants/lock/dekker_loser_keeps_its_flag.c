/* Dekker's algorithm whose loser keeps its flag up while it waits for its turn. */
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
	while (atomic_load(&lock->wants[other]))
		if (atomic_load(&lock->turn) != self)
			while (atomic_load(&lock->turn) != self)
				;
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->turn, 1 - self);
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
