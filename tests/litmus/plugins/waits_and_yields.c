/* How it waits is told. */
// test: lock-busy-waiting | -t 2 -p 0x80 | busy-waiting: FAIL .*acquire.. yields and looks, in a loop of 1 step
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int held;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->held, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_exchange(&l->held, 1) != 0)
		sched_yield();
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->held, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
