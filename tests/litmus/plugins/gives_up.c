/* Looks three times whether the lock is free, and then takes it for free. */
// test: lock-counter | -v -t 2 -r 1 -p 1 | mutual-exclusion: FAIL .*load [^\n]* spins 3 x
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
	for (int i = 0; i < 3 && atomic_load(&l->held) != 0; i++)
		;
	atomic_exchange(&l->held, 1);
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
