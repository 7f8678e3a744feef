/* A barrier is not a lock: nobody gets in before all have come. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	unsigned threads;
	atomic_uint arrived;
	atomic_flag held;
};

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = threads;
	atomic_init(&lock->arrived, 0);
	atomic_flag_clear(&lock->held);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add(&lock->arrived, 1);
	while (atomic_load(&lock->arrived) < lock->threads)
		sched_yield();
	while (atomic_flag_test_and_set(&lock->held))
		sched_yield();
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
