/* Looks a thousand times whether the lock is free, and then goes in. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: FAIL
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
	for (int i = 0; i < 1000 && atomic_exchange(&l->taken, 1); i++)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->taken, 0);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
