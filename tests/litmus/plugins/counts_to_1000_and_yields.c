/* A loop that yields each thousandth time waits; a spin lock with it lets others pass. */
// test: lock-starvation | -t 2 -b 6 -p 4 | bounded-waiting: FAIL .*enter 1000 times
// test: lock-counter | -t 2 -r 2 -p 3 | progress: pass executions 6
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int taken;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->taken, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	for (unsigned rounds = 1; atomic_exchange(&l->taken, 1); rounds++) {
		if (rounds % 1000 == 0)
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
