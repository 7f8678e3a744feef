/* A ticket lock whose tickets have sixteen bits, while what is served goes on counting: after 65,536 calls each ticket
 * has been served already. */
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/lock.h>

struct lock {
	_Atomic uint16_t next;
	atomic_uint serving;
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
	unsigned ticket = atomic_fetch_add(&lock->next, 1);
	while (atomic_load(&lock->serving) < ticket)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add(&lock->serving, 1);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
