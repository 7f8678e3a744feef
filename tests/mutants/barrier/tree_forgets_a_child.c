/* Waits for one of its two children. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/barrier.h>

struct barrier {
	unsigned threads;
	atomic_bool arrived[BARRIER_THREADS_MAX]; /* with its subtree; written by its thread alone */
	atomic_bool all_arrived;                  /* written by the root alone */
	bool sense[BARRIER_THREADS_MAX];          /* what both mean by “yes”, each used by its thread alone */
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&barrier->all_arrived, false);
	for (unsigned i = 0; i < threads; i++) {
		atomic_init(&barrier->arrived[i], false);
		barrier->sense[i] = true;
	}
	return 0;
}

static void await(atomic_bool *flag, bool sense)
{
	while (atomic_load_explicit(flag, memory_order_acquire) != sense)
		sched_yield();
}

static void wait(struct barrier *barrier, unsigned self)
{
	bool sense = barrier->sense[self];
	for (unsigned child = 2 * self + 1; child < 2 * self + 2 && child < barrier->threads; child++)
		await(&barrier->arrived[child], sense);
	if (self == 0) {
		atomic_store_explicit(&barrier->all_arrived, sense, memory_order_release);
	} else {
		atomic_store_explicit(&barrier->arrived[self], sense, memory_order_release);
		await(&barrier->all_arrived, sense);
	}
	barrier->sense[self] = !sense;
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
