/* An MCS lock whose nodes are reset as a whole: the atomic members are written one by one, each in its place. */
// test: lock-counter | -t 2 -r 2 -p 0x401 | mutual-exclusion: pass executions 78 blocked 55 complete
// test: lock-starvation | -t 2 -r 2 -p 4 -b 1 | bounded-waiting: pass
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>
struct node {
	_Atomic(struct node *) next;
	atomic_bool wait;
	unsigned long stats;
};
struct lock {
	_Atomic(struct node *) tail;
	struct node nodes[LOCK_THREADS_MAX];
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	memset(l, 0, sizeof *l);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	struct node *me = &l->nodes[self];
	*me = (struct node){ 0 };
	atomic_store(&me->wait, true);
	struct node *p = atomic_exchange(&l->tail, me);
	if (p) {
		atomic_store(&p->next, me);
		while (atomic_load(&me->wait))
			;
	}
}
static void release(struct lock *l, unsigned self)
{
	struct node *me = &l->nodes[self], *n = atomic_load(&me->next);
	if (!n) {
		struct node *e = me;
		if (atomic_compare_exchange_strong(&l->tail, &e, NULL))
			return;
		while (!(n = atomic_load(&me->next)))
			;
	}
	atomic_store(&n->wait, false);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
