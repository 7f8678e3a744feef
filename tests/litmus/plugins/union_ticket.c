/* One word, accessed whole and in halves. */
// test: lock-counter | -t 2 -r 2 -p 9 | mutual-exclusion: pass
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
union t {
	uint64_t w;
	struct {
		uint32_t next, serving;
	} s;
};
struct lock {
	union t u;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->u.w = 0;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	uint32_t me = __atomic_fetch_add(&l->u.s.next, 1, __ATOMIC_RELAXED);
	while (__atomic_load_n(&l->u.s.serving, __ATOMIC_ACQUIRE) != me)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	union t o;
	o.w = __atomic_load_n(&l->u.w, __ATOMIC_RELAXED);
	__atomic_store_n(&l->u.s.serving, o.s.serving + 1, __ATOMIC_RELEASE);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
