/* The flag is read once, and never again: what a compiler may make of a loop on a plain variable. */
// test: lock-counter | -t 2 -r 1 -p 2 | progress: FAIL .*loops for ever without reading shared memory
#include <stdatomic.h>
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
	if (atomic_exchange(&l->held, 1) != 0) {
		for (;;)
			;
	}
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
