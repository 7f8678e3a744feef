/* Ticket locks in a file-scope table; the object holds the number of its place in it. */
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct ticket {
	atomic_uint next, serving;
};

#define PLACES 64u

struct lock {
	unsigned place;
};

static struct ticket table[PLACES];
static atomic_bool taken[PLACES];

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	for (unsigned i = 0; i < PLACES; i++) {
		if (atomic_exchange(&taken[i], true))
			continue;
		atomic_init(&table[i].next, 0);
		atomic_init(&table[i].serving, 0);
		lock->place = i;
		return 0;
	}
	return ENOMEM;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	struct ticket *ticket = &table[lock->place];
	unsigned mine = atomic_fetch_add_explicit(&ticket->next, 1, memory_order_relaxed);
	while (atomic_load_explicit(&ticket->serving, memory_order_acquire) != mine)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	struct ticket *ticket = &table[lock->place];
	unsigned mine = atomic_load_explicit(&ticket->serving, memory_order_relaxed);
	atomic_store_explicit(&ticket->serving, mine + 1, memory_order_release);
}

static void destroy(struct lock *lock)
{
	atomic_store(&taken[lock->place], false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
