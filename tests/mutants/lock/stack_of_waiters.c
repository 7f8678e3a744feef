/* Those who wait lie on a stack of nodes, one for each thread; release hands the lock to the newest of them. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>

struct node {
	struct node *below;
	atomic_bool granted;
};

struct lock {
	_Atomic(struct node *) top; /* NULL: free; &held: held, and nobody waits */
	struct node held, node[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->top, NULL);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	struct node *node = &lock->node[self], *top = atomic_load(&lock->top);
	for (;;) {
		if (top == NULL) {
			if (atomic_compare_exchange_weak(&lock->top, &top, &lock->held))
				return;
			continue;
		}
		node->below = top;
		atomic_store(&node->granted, false);
		if (atomic_compare_exchange_weak(&lock->top, &top, node))
			break;
	}
	while (!atomic_load(&node->granted))
		;
}

/* Only the holder takes nodes off, so the top one's successor stays what it is. */
static void release(struct lock *lock, unsigned self)
{
	(void)self;
	struct node *top = &lock->held;
	if (atomic_compare_exchange_strong(&lock->top, &top, NULL))
		return;
	while (!atomic_compare_exchange_weak(&lock->top, &top, top->below))
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
