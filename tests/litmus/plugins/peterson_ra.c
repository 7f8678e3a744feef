/* Peterson's with release and acquire instead of seq_cst: wrong only under C11. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: FAIL .* switches 1 weak
// test: lock-counter | -s -t 2 -r 1 -p 1 | mutual-exclusion: pass .* complete
// test: lock-counter | -t 2 -r 1 -p 1 -S a3b2b=0.ab | mutual-exclusion: FAIL
// test: lock-counter | -t 2 -r 1 -p 1 -S a3b3.ab | mutual-exclusion: pass
// test: lock-counter | -t 2 -r 1 -p 1 -S a3b2b=a9.ab | mutual-exclusion: does not fit .*step 6, of thread 1: step 10 of thread 0 has not written
// test: lock-counter | -t 2 -r 1 -p 1 -S a3c1 | mutual-exclusion: does not fit .*there is no such thread
// test: lock-counter | -t 2 -r 1 -p 1 -x 1 | mutual-exclusion: FAIL .* switches 1
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int flag[2], turn;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->flag[0], 0);
	atomic_init(&l->flag[1], 0);
	atomic_init(&l->turn, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store_explicit(&l->flag[self], 1, memory_order_release);
	atomic_store_explicit(&l->turn, 1 - self, memory_order_release);
	while (atomic_load_explicit(&l->flag[1 - self], memory_order_acquire) &&
	       atomic_load_explicit(&l->turn, memory_order_acquire) == 1 - self)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store_explicit(&l->flag[self], 0, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
