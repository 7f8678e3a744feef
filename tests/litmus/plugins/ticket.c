/* A ticket lock: the counts are GenMC's and Nidhugg's. */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions 6 .* complete
// test: lock-counter | -t 3 -r 1 -p 1 | mutual-exclusion: pass executions 6 .* complete
// test: lock-counter | -t 3 -r 2 -p 1 | mutual-exclusion: pass executions 90 .* complete
// test: lock-counter | -t 4 -r 2 -p 1 | mutual-exclusion: pass executions 2520 blocked 8182 complete
// test: lock-counter | -t 3 -r 2 -p 0x43 -x 1 | mutual-exclusion: pass .* incomplete
// test: lock-starvation | -t 2 -b 6 -p 4 | bounded-waiting: pass .* bypass 1
// test: lock-starvation | -t 3 -b 9 -p 4 | bounded-waiting: pass .* bypass 2
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_uint next, serving;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->next, 0);
	atomic_init(&l->serving, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	unsigned me = atomic_fetch_add_explicit(&l->next, 1, memory_order_relaxed);
	while (atomic_load_explicit(&l->serving, memory_order_acquire) != me)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store_explicit(&l->serving, atomic_load_explicit(&l->serving, memory_order_relaxed) + 1,
			      memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
