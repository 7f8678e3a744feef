/* Dekker's algorithm, whose turn is anybody's until the first release: both wait for it. */
// test: lock-counter | -t 2 -r 2 -p 0x402 | progress: FAIL .*deadlock
// test: lock-counter | -t 2 -r 2 -p 0x402 | memory-safety: FAIL .*reads what was never initialized
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
	return 0;
}

/* Sequentially consistent, as in peterson.c: store to one's own flag, then load of the other's. */
static void acquire(struct lock *lock, unsigned self)
{
	unsigned other = 1 - self;
	atomic_store(&lock->wants[self], true);
	while (atomic_load(&lock->wants[other])) {
		if (atomic_load(&lock->turn) == self)
			continue;
		atomic_store(&lock->wants[self], false);
		while (atomic_load(&lock->turn) != self)
			;
		atomic_store(&lock->wants[self], true);
	}
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
