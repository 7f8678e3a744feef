/* Those who wait lie on a stack of nodes from the heap; release hands the lock to the newest of them. */
// test: lock-starvation | -t 2 -b 6 -p 4 | bounded-waiting: pass .* complete bypass 1
// test: lock-starvation | -t 3 -b 9 -p 4 | bounded-waiting: FAIL .*can wait for ever
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct node {
	struct node *below;
	atomic_bool granted;
};

struct lock {
	_Atomic(struct node *) top;
	struct node held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->top, NULL);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	struct node *top = NULL;
	if (atomic_compare_exchange_strong(&lock->top, &top, &lock->held))
		return;
	struct node *node = malloc(sizeof *node);
	if (node == NULL)
		abort();
	atomic_init(&node->granted, false);
	for (;;) {
		if (top == NULL) {
			if (atomic_compare_exchange_strong(&lock->top, &top, &lock->held)) {
				free(node);
				return;
			}
			continue;
		}
		node->below = top;
		if (atomic_compare_exchange_strong(&lock->top, &top, node))
			break;
	}
	while (!atomic_load(&node->granted))
		;
	free(node);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	struct node *top = &lock->held;
	if (atomic_compare_exchange_strong(&lock->top, &top, NULL))
		return;
	while (!atomic_compare_exchange_strong(&lock->top, &top, top->below))
		;
	atomic_store(&top->granted, true);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
