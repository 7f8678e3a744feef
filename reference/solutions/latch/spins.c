/* An atomic count that is looked at again and again. */
#include <latch.h>

#include <sched.h>
#include <stdatomic.h>

struct latch {
	atomic_uint count;
};

static int init(struct latch *latch, unsigned count)
{
	atomic_init(&latch->count, count);
	return 0;
}

static void count_down(struct latch *latch)
{
	unsigned count = atomic_load(&latch->count);
	while (count > 0 && !atomic_compare_exchange_weak(&latch->count, &count, count - 1))
		;
}

static void await(struct latch *latch)
{
	while (atomic_load(&latch->count) > 0)
		sched_yield();
}

const struct latch_plugin latch_plugin = {
	.abi = LATCH_PLUGIN_ABI,
	.size = sizeof(struct latch),
	.init = init,
	.count_down = count_down,
	.await = await,
};
