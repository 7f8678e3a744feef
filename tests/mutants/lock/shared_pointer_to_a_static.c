/* The object holds a pointer, to a ticket lock in a file-scope table. */
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct ticket {
	atomic_uint next, serving;
	atomic_bool taken;
};

#define PLACES 64u

struct lock {
	struct ticket *ticket;
};

static struct ticket table[PLACES];

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	for (unsigned i = 0; i < PLACES; i++) {
		if (atomic_exchange(&table[i].taken, true))
			continue;
		atomic_init(&table[i].next, 0);
		atomic_init(&table[i].serving, 0);
		lock->ticket = &table[i];
		return 0;
	}
	return ENOMEM;
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
	atomic_store(&lock->ticket->taken, false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
