/* A ticket lock in which nothing orders the critical sections. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_uint next, serving;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->next, 0);
	atomic_init(&lock->serving, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	unsigned ticket = atomic_fetch_add_explicit(&lock->next, 1, memory_order_relaxed);
	while (atomic_load_explicit(&lock->serving, memory_order_relaxed) != ticket)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add_explicit(&lock->serving, 1, memory_order_relaxed);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
