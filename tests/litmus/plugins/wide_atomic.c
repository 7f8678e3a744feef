/* An atomic object of 16 bytes: nothing is said of it. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: inconclusive .*not modelled: an atomic access of 16 bytes
#include <stdbool.h>
#include <syncgrade/lock.h>
struct lock {
	_Alignas(16) unsigned __int128 held;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->held = 0;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	unsigned __int128 none = 0;
	(void)self;
	while (!__sync_bool_compare_and_swap(&l->held, none, 1))
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	__atomic_store_n(&l->held, 0, __ATOMIC_RELEASE);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
