/* MCS queue lock with a node from the heap for each acquisition, and gcc's __atomic builtins.
 * (Mellor-Crummey and Scott 1991.) */
#include <sched.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct node {
	struct node *next;
	int waiting;
};

struct lock {
	struct node *tail;
	struct node *holder; /* protected by the lock itself */
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->tail = NULL;
	lock->holder = NULL;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	struct node *node = malloc(sizeof(*node));
	if (node == NULL)
		abort(); /* acquire() has no way to say no */
	node->next = NULL;
	node->waiting = 1;
	/* Release publishes the two plain stores above; acquire, see mcs.c. */
	struct node *previous = __atomic_exchange_n(&lock->tail, node, __ATOMIC_ACQ_REL);
	if (previous != NULL) {
		__atomic_store_n(&previous->next, node, __ATOMIC_RELEASE);
		while (__atomic_load_n(&node->waiting, __ATOMIC_ACQUIRE) != 0)
			sched_yield();
	}
	lock->holder = node;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	struct node *node = lock->holder, *expected = node;
	struct node *next = __atomic_load_n(&node->next, __ATOMIC_ACQUIRE);
	if (next == NULL) {
		if (__atomic_compare_exchange_n(&lock->tail, &expected, NULL, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
			goto out;
		while ((next = __atomic_load_n(&node->next, __ATOMIC_ACQUIRE)) == NULL)
			sched_yield();
	}
	__atomic_store_n(&next->waiting, 0, __ATOMIC_RELEASE);
out:
	/* Nobody else has a pointer to it: the successor has linked itself, and there is only one. */
	free(node);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
