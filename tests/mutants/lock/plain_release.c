/* Takes the lock with a builtin, and gives it up with an ordinary assignment. */
#include <syncgrade/lock.h>

struct lock {
	int held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->held = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (__sync_lock_test_and_set(&lock->held, 1) != 0)
		;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	lock->held = 0;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
