/* Dekker's third attempt: both wait for the other. */
// test: lock-counter | -t 2 -r 1 -p 2 | progress: FAIL .* switches 2 .*deadlock
// test: lock-counter | -t 2 -r 1 -p 2 -x 1 | progress: FAIL .* switches 2 .*deadlock
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int want[2];
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->want[0], 0);
	atomic_init(&l->want[1], 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->want[self], 1);
	while (atomic_load(&l->want[1 - self]))
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->want[self], 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
