/* All threads count their rounds in one atomic, so that no two rounds read the same: they wait all the same, and
 * nothing is taken back. */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions 6 .*
// test: lock-leaving | -t 2 -r 2 -p 2 | progress: pass executions 1 .* incomplete
// test: lock-progress | -t 3 -r 2 -p 2 | progress: pass executions 90 .*
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_flag taken;
	atomic_ulong rounds;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_flag_clear(&l->taken);
	atomic_init(&l->rounds, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_flag_test_and_set_explicit(&l->taken, memory_order_acquire))
		atomic_fetch_add_explicit(&l->rounds, 1, memory_order_relaxed);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_flag_clear_explicit(&l->taken, memory_order_release);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
