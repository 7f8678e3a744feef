/* A count-down latch. Fill in struct latch and the functions below; README.md says what they have to do.
 *
 * As it stands, this builds, loads, and lets everybody pass at once: the grader will say what goes wrong then. */
#include <latch.h>

#include <stdatomic.h>

struct latch {
	atomic_uint count; /* TODO: what else does your latch have to remember? */
};

/* Makes a latch with this count; with 0 it is open from the beginning. */
static int init(struct latch *latch, unsigned count)
{
	atomic_init(&latch->count, count);
	return 0; /* or an errno value, if it cannot be done */
}

/* Lowers the count by one; an open latch stays as it is. */
static void count_down(struct latch *latch)
{
	(void)latch;
	/* TODO */
}

/* Returns when the count is 0. */
static void await(struct latch *latch)
{
	(void)latch;
	/* TODO: wait until then */
}

/* Frees what init has allocated, if it has. The struct latch itself belongs to the grader. */
static void destroy(struct latch *latch)
{
	(void)latch;
}

const struct latch_plugin latch_plugin = {
	.abi = LATCH_PLUGIN_ABI,
	.size = sizeof(struct latch),
	.init = init,
	.count_down = count_down,
	.await = await,
	.destroy = destroy,
};
