/* starvation, busy-waiting: every thread wants in, for ever. Nothing is counted, not even rounds: a thread that is
 * where it was before is in the same state as before, so that the explorer can recognize a cycle.
 *
 * Include one exclusion-….h first, and define ENDLESS_NAME; and ENDLESS_STAY where a thread may take its time inside,
 * so that others are seen waiting while nobody is at the object. */
#ifndef ENDLESS_H
#define ENDLESS_H

#include "measured.h"

static size_t endless_data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void endless_thread(struct trial *t, unsigned self)
{
	if (measured(t)) {
		measured_thread(t, self);
		return;
	}
	for (;;) {
		trial_request(t, self, 0);
		exclusion_begin(t, self);
		trial_enter(t, self, 0);
#ifdef ENDLESS_STAY
		trial_await(t, self, 0, 0, PROPERTY_PROGRESS, "");
#endif
		trial_leave(t, self, 0);
		exclusion_end(t, self);
	}
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_ENDLESS,
	.name = ENDLESS_NAME,
	.plugin = EXCLUSION_PLUGIN,
	.objects = 1,
	.threads_min = 2,
	.data_size = endless_data_size,
	.setup = exclusion_init,
	.thread = endless_thread,
	.finish = exclusion_fini,
};

#endif
