/* An MCS lock that frees itself with a store instead of a compare-exchange. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>

struct node {
	_Atomic(struct node *) next;
	atomic_bool waiting;
};

struct lock {
	_Atomic(struct node *) tail;
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
	atomic_store(&node->next, NULL);
	atomic_store(&node->waiting, true);
	struct node *previous = atomic_exchange(&lock->tail, node);
	if (previous == NULL)
		return;
	atomic_store(&previous->next, node);
	while (atomic_load(&node->waiting))
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	struct node *next = atomic_load(&lock->node[self].next);
	if (next == NULL)
		atomic_store(&lock->tail, NULL);
	else
		atomic_store(&next->waiting, false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
