/* Counts who is inside, and waits until it is the only one. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_int inside;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->inside, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add(&lock->inside, 1);
	while (atomic_load(&lock->inside) > 1)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_sub(&lock->inside, 1);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
