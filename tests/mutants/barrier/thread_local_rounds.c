/* One number that only grows: round k is complete when it is k × threads. Which round it is each thread counts for
 * itself. */
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/barrier.h>

struct barrier {
	unsigned threads;
	_Atomic uint64_t arrivals; /* since init: in 64 bits they never run over */
};

/* Rounds that this thread has been through. At which barrier? */
static _Thread_local uint64_t rounds;

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
	uint64_t complete = ++rounds * barrier->threads;
	/* All arrivals are read-modify-write operations, so that whoever reads one has what all before it released. */
	while (atomic_load_explicit(&barrier->arrivals, memory_order_acquire) < complete)
		sched_yield();
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
