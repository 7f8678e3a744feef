/* What a loop counts is loaded and stored, in an atomic that only its thread writes. A turn that is given to and fro is
 * no count (swings_to_and_fro.c). */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions 6 .*
// test: lock-leaving | -t 2 -r 2 -p 2 | progress: pass executions 1 .* incomplete
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_uint next, serving;
	atomic_ulong rounds[LOCK_THREADS_MAX];
};
static int init(struct lock *l, unsigned n)
{
	atomic_init(&l->next, 0);
	atomic_init(&l->serving, 0);
	for (unsigned i = 0; i < n; i++)
		atomic_init(&l->rounds[i], 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	unsigned mine = atomic_fetch_add_explicit(&l->next, 1, memory_order_relaxed);
	while (atomic_load_explicit(&l->serving, memory_order_acquire) != mine) {
		unsigned long n = atomic_load_explicit(&l->rounds[self], memory_order_relaxed);
		atomic_store_explicit(&l->rounds[self], n + 1, memory_order_relaxed);
	}
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_fetch_add_explicit(&l->serving, 1, memory_order_release);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
