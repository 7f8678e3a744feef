/* Waits long, but not until it has the lock. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_flag held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_flag_clear(&lock->held);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	for (int tries = 0; tries < 1000; tries++)
		if (!atomic_flag_test_and_set(&lock->held))
			return;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_flag_clear(&lock->held);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
