/* busy-waiting with real threads: each stays inside for a while, asleep, so that what the others do meanwhile is
 * waiting, and the grader can measure what processor time it takes. Only the explorer runs these workloads for one
 * round, and for ever.
 *
 * Include one exclusion-….h first. */
#ifndef MEASURED_H
#define MEASURED_H

#include <time.h>

#define MEASURED_STAY_NS 1000000

static bool measured(const struct trial *t)
{
	return t->rounds > 1;
}

static void measured_thread(struct trial *t, unsigned self)
{
	static const struct timespec stay = { .tv_nsec = MEASURED_STAY_NS };
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		trial_request(t, self, 0);
		exclusion_begin(t, self);
		trial_enter(t, self, 0);
		nanosleep(&stay, NULL);
		trial_leave(t, self, 0);
		exclusion_end(t, self);
	}
}

#endif
