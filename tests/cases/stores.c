#include <stdatomic.h>
#include <syncgrade/lock.h>
#ifndef N
#define N 600
#endif
struct lock {
	atomic_int x, y;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->x, 0);
	atomic_init(&l->y, 0);
	return 0;
}
/* thread 0 stores 1..N; thread 1 may read any of 0..N. It enters wrongly (no lock) only if it read 0. */
static void acquire(struct lock *l, unsigned self)
{
	if (self == 0) {
		for (int i = 1; i <= N; i++)
			atomic_store_explicit(&l->x, i, memory_order_relaxed);
		atomic_store_explicit(&l->y, 1, memory_order_relaxed);
	} else {
		while (!atomic_load_explicit(&l->y, memory_order_relaxed))
			;
		if (atomic_load_explicit(&l->x, memory_order_relaxed) == 0) {
			int *p = 0;
			*(volatile int *)p = 1; /* must be found: C11 lets the read see 0 */
		}
	}
}
static void release(struct lock *l, unsigned self)
{
	(void)l;
	(void)self;
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
