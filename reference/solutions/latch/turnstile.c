/* An atomic count, and a semaphore that each who comes through opens for the next. */
#include <latch.h>

#include <semaphore.h>
#include <stdatomic.h>

struct latch {
	atomic_uint count;
	sem_t open;
};

static int init(struct latch *latch, unsigned count)
{
	atomic_init(&latch->count, count);
	return sem_init(&latch->open, 0, count == 0);
}

static void count_down(struct latch *latch)
{
	unsigned count = atomic_load(&latch->count);
	while (count > 0 && !atomic_compare_exchange_weak(&latch->count, &count, count - 1))
		;
	if (count == 1)
		sem_post(&latch->open);
}

static void await(struct latch *latch)
{
	while (sem_wait(&latch->open) != 0)
		;
	sem_post(&latch->open);
}

static void destroy(struct latch *latch)
{
	sem_destroy(&latch->open);
}

const struct latch_plugin latch_plugin = {
	.abi = LATCH_PLUGIN_ABI,
	.size = sizeof(struct latch),
	.init = init,
	.count_down = count_down,
	.await = await,
	.destroy = destroy,
};
