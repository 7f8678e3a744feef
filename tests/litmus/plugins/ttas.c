/* Test and test-and-set: the counts are GenMC's and Nidhugg's. */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions 34 .* complete
// test: lock-counter | -t 3 -r 1 -p 1 | mutual-exclusion: pass executions 36 .* complete
// test: lock-counter | -t 3 -r 2 -p 1 | mutual-exclusion: pass executions 7134 .* complete
// Where nothing is violated, all of the budget is used:
// test: lock-counter | -t 4 -r 2 -x 1000 -p 0xb | mutual-exclusion: pass executions 18647 
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
	for (;;) {
		while (atomic_load_explicit(&l->f, memory_order_relaxed))
			;
		if (!atomic_exchange_explicit(&l->f, 1, memory_order_acquire))
			return;
	}
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store_explicit(&l->f, 0, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
