/* A volatile count, which is not atomic. */
#include <latch.h>

#include <sched.h>

struct latch {
	volatile unsigned count;
};

static int init(struct latch *latch, unsigned count)
{
	latch->count = count;
	return 0;
}

static void count_down(struct latch *latch)
{
	if (latch->count > 0)
		latch->count--;
}

static void await(struct latch *latch)
{
	while (latch->count > 0)
		sched_yield();
}

const struct latch_plugin latch_plugin = {
	.abi = LATCH_PLUGIN_ABI,
	.size = sizeof(struct latch),
	.init = init,
	.count_down = count_down,
	.await = await,
};
