/* A release that releases nothing. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: FAIL .*nothing makes
// test: lock-counter | -t 2 -r 1 -p 2 | progress: pass
// A quarter of the budget, once something is violated:
// test: lock-counter | -t 4 -r 2 -x 4000 -p 0xb | mutual-exclusion: FAIL executions 5148 
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int f;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->f, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_exchange_explicit(&l->f, 1, memory_order_acquire))
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store_explicit(&l->f, 0, memory_order_relaxed);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
