/* The count is read in one step and written in another. */
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
	if (count > 0)
		atomic_store(&latch->count, count - 1);
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
