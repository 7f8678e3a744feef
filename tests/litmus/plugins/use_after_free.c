/* A node that is used after it was freed. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*after it was freed
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct node {
	atomic_int v;
};
struct lock {
	_Atomic(struct node *) p;
	atomic_int f;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->f, 0);
	atomic_init(&l->p, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	struct node *n = malloc(sizeof *n);
	atomic_store(&n->v, 1);
	while (atomic_exchange(&l->f, 1))
		;
	atomic_store(&l->p, n);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	struct node *n = atomic_load(&l->p);
	free(n);
	atomic_store(&l->f, 0);
	atomic_store(&n->v, 2);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
