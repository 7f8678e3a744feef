/* A queue lock whose release frees the node of the thread that is let in, which may still look at it; the other blocks
 * are not freed at all, which is told only where nothing worse is. */
// test: lock-counter | -t 2 -r 1 -p 1024 | memory-safety: FAIL .*while thread [01] may still use it
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct node {
	_Atomic(struct node *) next;
	atomic_int wait;
};
struct lock {
	_Atomic(struct node *) tail;
	struct node *mine;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->tail, NULL);
	l->mine = NULL;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	struct node *node = malloc(sizeof *node), *before;
	(void)self;
	atomic_init(&node->next, NULL);
	atomic_init(&node->wait, 1);
	before = atomic_exchange(&l->tail, node);
	if (before) {
		atomic_store(&before->next, node);
		while (atomic_load(&node->wait))
			;
	}
	l->mine = node;
}
static void release(struct lock *l, unsigned self)
{
	struct node *node = l->mine, *next = atomic_load(&node->next), *last = node;
	(void)self;
	if (!next) {
		if (atomic_compare_exchange_strong(&l->tail, &last, NULL))
			return;
		while (!(next = atomic_load(&node->next)))
			;
	}
	atomic_store(&next->wait, 0);
	free(next);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
