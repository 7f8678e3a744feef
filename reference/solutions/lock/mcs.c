/* MCS queue lock: waiters form a linked list, each spins on its own node, and the holder wakes its successor. The nodes
 * lie in the lock, one per thread.
 * (Mellor-Crummey and Scott, "Algorithms for scalable synchronization on shared-memory multiprocessors", 1991.) */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct node {
	_Atomic(struct node *) next;
	atomic_bool waiting;
};

struct lock {
	_Atomic(struct node *) tail; /* the last in the queue; NULL: the lock is free */
	struct node node[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	atomic_init(&lock->tail, NULL);
	for (unsigned i = 0; i < threads; i++) {
		atomic_init(&lock->node[i].next, NULL);
		atomic_init(&lock->node[i].waiting, false);
	}
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	struct node *node = &lock->node[self];
	atomic_store_explicit(&node->next, NULL, memory_order_relaxed);
	atomic_store_explicit(&node->waiting, true, memory_order_relaxed);
	/* Release: our node is in order before anyone who finds it here can link to it. Acquire: if the lock was
	 * free, this reads the compare-exchange with which the last holder freed it. */
	struct node *previous = atomic_exchange_explicit(&lock->tail, node, memory_order_acq_rel);
	if (previous == NULL)
		return;
	/* Release: whoever sees the link sees waiting == true beneath it. */
	atomic_store_explicit(&previous->next, node, memory_order_release);
	while (atomic_load_explicit(&node->waiting, memory_order_acquire))
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	struct node *node = &lock->node[self];
	struct node *next = atomic_load_explicit(&node->next, memory_order_acquire);
	if (next == NULL) {
		struct node *expected = node;
		if (atomic_compare_exchange_strong_explicit(&lock->tail, &expected, NULL, memory_order_release,
							    memory_order_relaxed))
			return;
		/* Somebody is between its exchange and its link. */
		while ((next = atomic_load_explicit(&node->next, memory_order_acquire)) == NULL)
			sched_yield();
	}
	atomic_store_explicit(&next->waiting, false, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
