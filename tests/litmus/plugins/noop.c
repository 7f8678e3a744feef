/* No lock at all. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: FAIL .* switches 0 .*threads 0 and 1 are in
// test: lock-counter | -t 2 -r 1 -p 8 | data-race: FAIL
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	int f;
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
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
