/* A ticket lock whose ticket is read, and then counted up. */
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
	unsigned ticket = atomic_load(&lock->next);
	atomic_store(&lock->next, ticket + 1);
	while (atomic_load(&lock->serving) != ticket)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->serving, atomic_load(&lock->serving) + 1);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
