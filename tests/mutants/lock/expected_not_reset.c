/* A compare-exchange that fails writes what it found into `expected`. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_int held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->held, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	int expected = 0;
	while (!atomic_compare_exchange_strong(&lock->held, &expected, 1))
		;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->held, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
