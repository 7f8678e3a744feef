/* Test-and-test-and-set without the second test-and-set in its loop. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->held, false);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	if (!atomic_exchange(&lock->held, true))
		return;
	while (atomic_load(&lock->held))
		;
	atomic_exchange(&lock->held, true);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->held, false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
