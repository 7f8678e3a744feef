/* Tests, then sets; and hundreds of additions to a counter that decides nothing in each release(). */
// test: lock-counter | -t 2 -r 2 -p 1 -x 20000 | mutual-exclusion: FAIL
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int held;
	atomic_uint counted;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->held, 0);
	atomic_init(&l->counted, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_load(&l->held))
		sched_yield();
	atomic_store(&l->held, 1);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->held, 0);
	for (int i = 0; i < 760; i++)
		atomic_fetch_add_explicit(&l->counted, 1, memory_order_relaxed);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
