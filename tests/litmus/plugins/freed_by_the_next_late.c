/* Who leaves looks at its node once more. */
// test: lock-counter | -t 2 -r 2 -p 0x400 | memory-safety: FAIL .*frees a block while
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <threads.h>
#include <unistd.h>

struct node {
	atomic_bool busy;
};
struct lock {
	_Atomic(struct node *) tail;
	struct node *mine;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	struct node *x = malloc(sizeof *x);
	atomic_init(&x->busy, false);
	atomic_init(&l->tail, x);
	return 0;
}
static void acquire(struct lock *l, unsigned s)
{
	(void)s;
	struct node *me = malloc(sizeof *me);
	atomic_init(&me->busy, true);
	struct node *p = atomic_exchange_explicit(&l->tail, me, memory_order_acq_rel);
	while (atomic_load_explicit(&p->busy, memory_order_acquire))
		;
	free(p);
	l->mine = me;
}
static void release(struct lock *l, unsigned s)
{
	(void)s;
	struct node *me = l->mine;
	atomic_store_explicit(&me->busy, false, memory_order_release);
	(void)atomic_load(&me->busy);
}
static void destroy(struct lock *l)
{
	free(atomic_load(&l->tail));
}

const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
					 .size = sizeof(struct lock),
					 .init = init,
					 .acquire = acquire,
					 .release = release,
					 .destroy = destroy };
