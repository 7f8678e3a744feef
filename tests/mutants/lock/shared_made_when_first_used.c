/* Whoever comes first takes memory for the lock and puts it into the object. */
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct ticket {
	atomic_uint next, serving;
};

struct lock {
	_Atomic(struct ticket *) ticket;
};

static struct ticket *ticket_of(struct lock *lock)
{
	struct ticket *ticket = atomic_load_explicit(&lock->ticket, memory_order_acquire), *nobody = NULL;
	if (ticket != NULL)
		return ticket;
	ticket = malloc(sizeof(*ticket));
	if (ticket == NULL)
		abort();
	atomic_init(&ticket->next, 0);
	atomic_init(&ticket->serving, 0);
	if (atomic_compare_exchange_strong_explicit(&lock->ticket, &nobody, ticket, memory_order_acq_rel,
						    memory_order_acquire))
		return ticket;
	free(ticket);
	return nobody;
}

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->ticket, NULL);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	struct ticket *ticket = ticket_of(lock);
	unsigned mine = atomic_fetch_add_explicit(&ticket->next, 1, memory_order_relaxed);
	while (atomic_load_explicit(&ticket->serving, memory_order_acquire) != mine)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	struct ticket *ticket = ticket_of(lock);
	unsigned mine = atomic_load_explicit(&ticket->serving, memory_order_relaxed);
	atomic_store_explicit(&ticket->serving, mine + 1, memory_order_release);
}

static void destroy(struct lock *lock)
{
	free(atomic_load(&lock->ticket));
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
