/* Spinlock. relaxed because it is faster. */
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool held;
};

static int init(struct lock *l, unsigned threads)
{
	(void)threads;
	atomic_init(&l->held, 0);
	return 0;
}

static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_exchange_explicit(&l->held, 1, memory_order_relaxed))
		;
}

static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store_explicit(&l->held, 0, memory_order_relaxed);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: lock->held is written relaxed (line 26), which makes nothing else visible
 * lines: 29 */
