/* Calls it a day after some time. */
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_flag held;
	atomic_uint acquired;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_flag_clear(&lock->held);
	atomic_init(&lock->acquired, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_flag_test_and_set(&lock->held))
		;
	if (atomic_fetch_add(&lock->acquired, 1) == 3)
		exit(0);
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
