/* The same with an atomic counter that all threads share. */
// test: lock-progress | -t 2 -r 1 -p 2 | progress: FAIL
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int taken;
	atomic_ulong rounds;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->taken, 0);
	atomic_init(&l->rounds, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_exchange(&l->taken, 1))
		atomic_fetch_add_explicit(&l->rounds, 1, memory_order_relaxed);
}
static void release(struct lock *l, unsigned self)
{
	if (self != 1)
		atomic_store(&l->taken, 0);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
