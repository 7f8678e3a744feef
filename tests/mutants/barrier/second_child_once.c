/* A tree (after Mellor-Crummey and Scott 1991) in which the sense of the second child is forgotten: it is taken to have
 * arrived for good, once it has. */
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
	unsigned first = 2 * self + 1, second = 2 * self + 2;
	if (first < barrier->threads)
		await(&barrier->arrived[first], sense);
	if (second < barrier->threads && sense)
		await(&barrier->arrived[second], true);
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
