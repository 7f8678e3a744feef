/* Arrives with a release, but no acquire. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/barrier.h>

struct barrier {
	unsigned threads;
	atomic_uint missing;
	atomic_bool sense;
	bool own_sense[BARRIER_THREADS_MAX]; /* each used by its thread alone */
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&barrier->missing, threads);
	atomic_init(&barrier->sense, false);
	for (unsigned i = 0; i < threads; i++)
		barrier->own_sense[i] = false;
	return 0;
}

static void wait(struct barrier *barrier, unsigned self)
{
	bool sense = barrier->own_sense[self] = !barrier->own_sense[self];
	if (atomic_fetch_sub_explicit(&barrier->missing, 1, memory_order_release) == 1) {
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
