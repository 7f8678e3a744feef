/* Ticket lock whose release sees to it that the next thread has been through before it comes back.
 * (Reed and Kanodia, "Synchronization with eventcounts and sequencers", 1979; Mellor-Crummey and Scott, 1991.) */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_uint next;    /* the next ticket to be taken */
	atomic_uint serving; /* whose turn it is; written only by the holder */
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
	/* Relaxed: the ticket only has to be unique, which every read-modify-write is. What the last holder did is
	 * acquired through `serving`. */
	unsigned ticket = atomic_fetch_add_explicit(&lock->next, 1, memory_order_relaxed);
	while (atomic_load_explicit(&lock->serving, memory_order_acquire) != ticket)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	unsigned ticket = atomic_load_explicit(&lock->serving, memory_order_relaxed);
	atomic_store_explicit(&lock->serving, ticket + 1, memory_order_release);
	if (atomic_load_explicit(&lock->next, memory_order_relaxed) != ticket + 1)
		while (atomic_load_explicit(&lock->serving, memory_order_relaxed) == ticket + 1)
			sched_yield();
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
