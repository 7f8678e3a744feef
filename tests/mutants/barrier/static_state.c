/* The number of arrivals is a variable of the program, not of the barrier. */
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/barrier.h>

struct barrier {
	unsigned threads;
};

static _Atomic uint64_t arrivals;

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&arrivals, 0);
	return 0;
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	uint64_t before = atomic_fetch_add_explicit(&arrivals, 1, memory_order_acq_rel);
	uint64_t complete = (before / barrier->threads + 1) * barrier->threads;
	/* All arrivals are read-modify-write operations, so that whoever reads one has what all before it released. */
	while (atomic_load_explicit(&arrivals, memory_order_acquire) < complete)
		sched_yield();
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
