/* Of each seventeen looks one is counted: a loop that is left by itself, in a loop that goes on for ever. The arrivals
 * are set back when the others may have arrived again, so that all go round in it. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/barrier.h>

struct barrier {
	unsigned threads;
	atomic_uint arrived, round;
	atomic_ulong looks;
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&barrier->arrived, 0);
	atomic_init(&barrier->round, 0);
	atomic_init(&barrier->looks, 0);
	return 0;
}

static void open(struct barrier *barrier, unsigned round)
{
	atomic_store_explicit(&barrier->round, round + 1, memory_order_release);
	atomic_store_explicit(&barrier->arrived, 0, memory_order_relaxed);
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	unsigned round = atomic_load_explicit(&barrier->round, memory_order_acquire);
	if (atomic_fetch_add_explicit(&barrier->arrived, 1, memory_order_acq_rel) + 1 == barrier->threads) {
		open(barrier, round);
		return;
	}
	for (unsigned looks = 0; atomic_load_explicit(&barrier->round, memory_order_acquire) == round; looks++) {
		if (looks < 16)
			continue;
		sched_yield();
		looks = 0;
		atomic_fetch_add_explicit(&barrier->looks, 1, memory_order_relaxed);
	}
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
