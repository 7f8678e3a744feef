/* Array queue lock that keeps its slot in a thread-local variable: each waiter spins on a slot of its own, and the
 * holder opens the next one's. (Anderson, "The performance of spin lock alternatives", 1990.) The spin is bare. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct slot {
	_Alignas(64) atomic_bool open; /* a cache line of its own */
};

struct lock {
	struct slot slot[LOCK_THREADS_MAX];
	atomic_uint next;
};

static _Thread_local unsigned mine; /* the slot; of which lock? */

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	for (unsigned i = 0; i < LOCK_THREADS_MAX; i++)
		atomic_init(&lock->slot[i].open, i == 0);
	atomic_init(&lock->next, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	/* There are at least as many slots as threads, and 2^32 is a multiple of their number, so no two waiters share
	 * one, also when `next` wraps around. */
	mine = atomic_fetch_add_explicit(&lock->next, 1, memory_order_relaxed) % LOCK_THREADS_MAX;
	while (!atomic_load_explicit(&lock->slot[mine].open, memory_order_acquire))
		;
	/* Relaxed: read next by a thread whose turn comes after ours, and so after our release. */
	atomic_store_explicit(&lock->slot[mine].open, false, memory_order_relaxed);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	unsigned next = (mine + 1) % LOCK_THREADS_MAX;
	atomic_store_explicit(&lock->slot[next].open, true, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
