/* A loop that counts in an atomic, comes back to the same state, and is left by itself: no deadlock. */
// test: lock-progress | -t 2 -r 2 -p 2 | progress: pass executions 26 blocked 22 complete
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass executions .*
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_uint next, serving, delay;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->next, 0);
	atomic_init(&l->serving, 0);
	atomic_init(&l->delay, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_fetch_add(&l->delay, 1) < 10)
		;
	unsigned mine = atomic_fetch_add(&l->next, 1);
	while (atomic_load(&l->serving) != mine)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_fetch_add(&l->serving, 1);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
