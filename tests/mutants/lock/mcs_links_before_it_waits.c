/* An MCS lock that links its node in before it has set it to waiting. */
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
	struct node *previous = atomic_exchange(&lock->tail, node);
	if (previous == NULL)
		return;
	atomic_store(&previous->next, node);
	atomic_store(&node->waiting, true);
	while (atomic_load(&node->waiting))
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	struct node *node = &lock->node[self], *expected = node, *next = atomic_load(&node->next);
	if (next == NULL) {
		if (atomic_compare_exchange_strong(&lock->tail, &expected, NULL))
			return;
		while ((next = atomic_load(&node->next)) == NULL)
			sched_yield();
	}
	atomic_store(&next->waiting, false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
