/* The sense-reversing barrier (Hensgen, Finkel, Manber 1988), with the threads' own senses in thread-local variables.
 */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/barrier.h>

struct barrier {
	unsigned threads;
	atomic_uint missing;
	atomic_bool sense;
};

/* At which barrier? */
static _Thread_local bool own_sense;

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&barrier->missing, threads);
	atomic_init(&barrier->sense, false);
	return 0;
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	bool sense = own_sense = !own_sense;
	/* Release: what was done before arriving. Acquire: the last one has it all, and hands it on with the sense. */
	if (atomic_fetch_sub_explicit(&barrier->missing, 1, memory_order_acq_rel) == 1) {
		/* Before the sense: nobody can arrive again until it turns. */
		atomic_store_explicit(&barrier->missing, barrier->threads, memory_order_relaxed);
		atomic_store_explicit(&barrier->sense, sense, memory_order_release);
	} else {
		while (atomic_load_explicit(&barrier->sense, memory_order_acquire) != sense)
			sched_yield();
	}
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
