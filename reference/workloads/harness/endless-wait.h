/* starvation-wait, busy-waiting of a monitor: thread 0 signals for ever, the others wait for its condition for ever.
 * Section 0 is waiting for the condition: who is let go, in which order. Nothing is counted; see endless.h.
 *
 * Include exclusion-monitor.h first, and define ENDLESS_NAME. */
#ifndef ENDLESS_WAIT_H
#define ENDLESS_WAIT_H

#include "measured.h"

static size_t endless_data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void endless_signal(struct trial *t, unsigned self)
{
	for (;;) {
		/* Who signals may take its time before it comes back: until a waiter that was let go waits again. */
		trial_await(t, self, 0, 0, PROPERTY_PROGRESS, "");
		exclusion_begin(t, self);
		trial_monitor_signal(t, self, 0, 0);
		exclusion_end(t, self);
	}
}

static void endless_wait(struct trial *t, unsigned self)
{
	for (;;) {
		exclusion_begin(t, self);
		trial_request(t, self, 0);
		trial_monitor_wait(t, self, 0, 0);
		trial_enter(t, self, 0);
		trial_leave(t, self, 0);
		exclusion_end(t, self);
	}
}

static void endless_thread(struct trial *t, unsigned self)
{
	if (measured(t))
		measured_thread(t, self);
	else if (self == 0)
		endless_signal(t, self);
	else
		endless_wait(t, self);
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
