/* MCS queue lock with nodes in thread-local storage, one for each lock that the thread may hold at a time; but none is
 * ever marked as used, so that two locks get the same. (Mellor-Crummey and Scott 1991.) Serves threads, not processes:
 * a node is an address in one process. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

#define HELD_MAX 4u /* locks that one thread holds or waits for */

struct node {
	_Atomic(struct node *) next;
	atomic_bool waiting;
	bool used; /* by its own thread only */
};

struct lock {
	_Atomic(struct node *) tail;
	struct node *holder; /* protected by the lock itself */
};

static _Thread_local struct node nodes[HELD_MAX];

static struct node *node_take(void)
{
	for (unsigned i = 0; i < HELD_MAX; i++)
		if (!nodes[i].used)
			return &nodes[i];
	abort();
}

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->tail, NULL);
	lock->holder = NULL;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	struct node *node = node_take();
	atomic_store_explicit(&node->next, NULL, memory_order_relaxed);
	atomic_store_explicit(&node->waiting, true, memory_order_relaxed);
	struct node *previous = atomic_exchange_explicit(&lock->tail, node, memory_order_acq_rel);
	if (previous != NULL) {
		atomic_store_explicit(&previous->next, node, memory_order_release);
		while (atomic_load_explicit(&node->waiting, memory_order_acquire))
			sched_yield();
	}
	lock->holder = node;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	struct node *node = lock->holder, *expected = node;
	struct node *next = atomic_load_explicit(&node->next, memory_order_acquire);
	if (next != NULL || !atomic_compare_exchange_strong_explicit(&lock->tail, &expected, NULL, memory_order_release,
								     memory_order_relaxed)) {
		while ((next = atomic_load_explicit(&node->next, memory_order_acquire)) == NULL)
			sched_yield();
		atomic_store_explicit(&next->waiting, false, memory_order_release);
	}
	node->used = false;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
