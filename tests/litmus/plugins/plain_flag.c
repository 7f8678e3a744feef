/* A volatile flag that is tested, then set. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: FAIL .* switches 2 .*together
// test: lock-counter | -t 2 -r 1 -p 8 | data-race: FAIL
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	volatile int f;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->f = 0;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (l->f)
		;
	l->f = 1;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	l->f = 0;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
