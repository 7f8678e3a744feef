/* Who waits counts its rounds; first come, first served all the same. */
// test: lock-starvation | -t 2 -b 6 -p 4 | bounded-waiting: pass .*bypass 1
// test: lock-progress | -t 3 -r 2 -p 2 | progress: pass
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_uint next, serving;
	atomic_ulong rounds;
};
static _Thread_local unsigned long own;
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->next, 0);
	atomic_init(&l->serving, 0);
	atomic_init(&l->rounds, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	unsigned ticket = atomic_fetch_add(&l->next, 1);
	while (atomic_load(&l->serving) != ticket) {
		own++;
		atomic_fetch_add_explicit(&l->rounds, 1, memory_order_relaxed);
	}
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_fetch_add(&l->serving, 1);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
