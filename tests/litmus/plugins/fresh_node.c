/* An MCS lock whose nodes come from malloc(), and whose link nobody sets before it is read. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*never initialized
// test: lock-starvation | -t 2 -p 4 | bounded-waiting: inconclusive .*crashes with SIGSEGV
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct node {
	_Atomic(struct node *) next;
	atomic_bool waits;
};

struct lock {
	_Atomic(struct node *) tail;
	struct node *node[2];
};

static int init(struct lock *lock, unsigned threads)
{
	atomic_init(&lock->tail, NULL);
	for (unsigned i = 0; i < threads && i < 2; i++)
		lock->node[i] = malloc(sizeof(struct node));
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	struct node *me = lock->node[self];
	atomic_store(&me->waits, true);
	struct node *before = atomic_exchange(&lock->tail, me);
	if (before == NULL)
		return;
	atomic_store(&before->next, me);
	while (atomic_load(&me->waits))
		;
}

static void release(struct lock *lock, unsigned self)
{
	struct node *me = lock->node[self], *expected = me;
	if (atomic_load(&me->next) == NULL) {
		if (atomic_compare_exchange_strong(&lock->tail, &expected, NULL))
			return;
		while (atomic_load(&me->next) == NULL)
			;
	}
	atomic_store(&atomic_load(&me->next)->waits, false);
	atomic_store(&me->next, NULL);
}

static void destroy(struct lock *lock)
{
	for (unsigned i = 0; i < 2; i++)
		free(lock->node[i]);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
