/* MCS with its nodes on the stack, from acquire() to release() in the lock; the fences are C11's, the accesses relaxed.
 */
// test: lock-counter | -t 2 -r 2 -p 0x400 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions [0-9]+ blocked [0-9]+ complete
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>
struct node {
	_Atomic(struct node *) behind;
	atomic_bool waits;
};
/* Krieger, Stumm, Unrau and Hanna: the lock has a node of its own, so that those of threads are gone when they are in.
 */
struct lock {
	_Atomic(struct node *) tail, head;
	struct node dummy;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->tail, NULL);
	atomic_init(&l->head, NULL);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	struct node me;
	struct node *none = NULL, *before, *next;
	(void)self;
	for (;;) {
		before = atomic_load(&l->tail);
		if (before == NULL) {
			none = NULL;
			if (atomic_compare_exchange_strong(&l->tail, &none, &l->dummy))
				return;
			continue;
		}
		atomic_init(&me.behind, NULL);
		atomic_init(&me.waits, true);
		if (!atomic_compare_exchange_strong(&l->tail, &before, &me))
			continue;
		if (before == &l->dummy)
			atomic_store(&l->head, &me);
		else
			atomic_store(&before->behind, &me);
		while (atomic_load_explicit(&me.waits, memory_order_relaxed))
			;
		atomic_thread_fence(memory_order_acquire);
		next = atomic_load(&me.behind);
		if (next == NULL) {
			struct node *own = &me;
			atomic_store(&l->head, NULL);
			if (atomic_compare_exchange_strong(&l->tail, &own, &l->dummy))
				return;
			while ((next = atomic_load(&me.behind)) == NULL)
				;
		}
		atomic_store(&l->head, next);
		return;
	}
}
static void release(struct lock *l, unsigned self)
{
	struct node *own = &l->dummy, *next;
	(void)self;
	if (atomic_load(&l->head) == NULL && atomic_compare_exchange_strong(&l->tail, &own, NULL))
		return;
	while ((next = atomic_load(&l->head)) == NULL)
		;
	atomic_thread_fence(memory_order_release);
	atomic_store_explicit(&next->waits, false, memory_order_relaxed);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
