/* The object holds a pointer to what init has taken from the heap. */
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct ticket {
	atomic_uint next, serving;
};

struct lock {
	struct ticket *ticket;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->ticket = malloc(sizeof(*lock->ticket));
	if (lock->ticket == NULL)
		return ENOMEM;
	atomic_init(&lock->ticket->next, 0);
	atomic_init(&lock->ticket->serving, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	struct ticket *ticket = lock->ticket;
	unsigned mine = atomic_fetch_add_explicit(&ticket->next, 1, memory_order_relaxed);
	while (atomic_load_explicit(&ticket->serving, memory_order_acquire) != mine)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	struct ticket *ticket = lock->ticket;
	unsigned mine = atomic_load_explicit(&ticket->serving, memory_order_relaxed);
	atomic_store_explicit(&ticket->serving, mine + 1, memory_order_release);
}

static void destroy(struct lock *lock)
{
	free(lock->ticket);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
