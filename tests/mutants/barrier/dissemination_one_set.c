/* One set of flags, and the sense turns each time. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/barrier.h>

#define STEPS_MAX 5 /* 2^5 threads */

struct barrier {
	unsigned threads;
	/* A signal: written by one thread, read by another. Two sets, used in turn: a thread can be one barrier ahead
	 * of another, and must not overwrite what that one has not yet seen. */
	atomic_bool flag[2][STEPS_MAX][BARRIER_THREADS_MAX];
	struct {
		unsigned parity;   /* which of the two sets is next */
		bool sense;        /* what a signal is; turns when both sets have been used */
	} of[BARRIER_THREADS_MAX]; /* each used by its thread alone */
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	for (unsigned i = 0; i < threads; i++) {
		barrier->of[i].parity = 0;
		barrier->of[i].sense = true;
		for (unsigned step = 0; step < STEPS_MAX; step++) {
			atomic_init(&barrier->flag[0][step][i], false);
			atomic_init(&barrier->flag[1][step][i], false);
		}
	}
	return 0;
}

static void wait(struct barrier *barrier, unsigned self)
{
	unsigned parity = barrier->of[self].parity;
	bool sense = barrier->of[self].sense;
	for (unsigned step = 0; 1u << step < barrier->threads; step++) {
		unsigned partner = (self + (1u << step)) % barrier->threads;
		/* Each signal hands on what its sender did, and what it got by the signals before. */
		atomic_store_explicit(&barrier->flag[parity][step][partner], sense, memory_order_release);
		while (atomic_load_explicit(&barrier->flag[parity][step][self], memory_order_acquire) != sense)
			sched_yield();
	}
	barrier->of[self].sense = !sense;
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
