/* A lock that its holder may take again, and that knows its holder by pthread_self(): forked processes are all in their
 * first thread. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass .* complete
// test: lock-processes | -t 2 -r 1 -p 0x200 | process-shared: FAIL
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/lock.h>
struct lock {
	_Atomic(uintptr_t) holder;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->holder, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	uintptr_t me = (uintptr_t)pthread_self(), nobody = 0;
	(void)self;
	while (!atomic_compare_exchange_strong(&l->holder, &nobody, me) && nobody != me)
		nobody = 0;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->holder, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
