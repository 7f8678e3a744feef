/* Waits until as many have arrived as there are threads. */
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/barrier.h>

struct barrier {
	unsigned threads;
	_Atomic uint64_t arrivals; /* since init: in 64 bits they never run over */
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&barrier->arrivals, 0);
	return 0;
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	atomic_fetch_add_explicit(&barrier->arrivals, 1, memory_order_acq_rel);
	/* All arrivals are read-modify-write operations, so that whoever reads one has what all before it released. */
	while (atomic_load_explicit(&barrier->arrivals, memory_order_acquire) < barrier->threads)
		sched_yield();
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
