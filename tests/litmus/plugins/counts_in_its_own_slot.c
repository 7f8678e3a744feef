/* Each thread counts its rounds in memory of its own: it waits all the same. */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions 6 .*
// test: lock-progress | -t 3 -r 2 -p 2 | progress: pass executions 90 .*
// test: lock-starvation | -t 2 -b 6 -p 4 | bounded-waiting: FAIL .*enter 1000 times
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int taken;
	unsigned long rounds[LOCK_THREADS_MAX];
};
static int init(struct lock *l, unsigned n)
{
	atomic_init(&l->taken, 0);
	for (unsigned i = 0; i < n; i++)
		l->rounds[i] = 0;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	while (atomic_exchange(&l->taken, 1)) {
		l->rounds[self]++;
		sched_yield();
	}
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->taken, 0);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
