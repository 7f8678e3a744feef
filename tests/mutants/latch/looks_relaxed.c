/* Who comes back has not acquired what the others wrote. */
#include <latch.h>

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

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
	unsigned count = atomic_load_explicit(&latch->count, memory_order_relaxed);
	do {
		if (count == 0)
			return;
	} while (!atomic_compare_exchange_weak_explicit(&latch->count, &count, count - 1, memory_order_release,
							memory_order_relaxed));
	if (count == 1)
		syscall(SYS_futex, &latch->count, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static void await(struct latch *latch)
{
	unsigned count;
	while ((count = atomic_load_explicit(&latch->count, memory_order_relaxed)) > 0)
		syscall(SYS_futex, &latch->count, FUTEX_WAIT, count, NULL, NULL, 0);
}

const struct latch_plugin latch_plugin = {
	.abi = LATCH_PLUGIN_ABI,
	.size = sizeof(struct latch),
	.init = init,
	.count_down = count_down,
	.await = await,
};
