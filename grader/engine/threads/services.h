/* The services of a trial with real threads (struct trial_services). Nothing here orders memory between threads as the
 * plugin's language or ThreadSanitizer sees it: every word on the board is written relaxed, in code that is not
 * instrumented. */
#ifndef SERVICES_H
#define SERVICES_H

#include <stdatomic.h>
#include <stdint.h>

#include "engine.h"

struct threads_trial {
	struct trial trial; /* first: services get a pointer to it */
	struct engine_job *job;
	_Atomic uint64_t stop_at_ns; /* CLOCK_MONOTONIC: trial_more() says no from then on; 0: nobody has asked yet */
	struct {
		uint64_t ns, cpu_ns; /* when the thread's last request began; only the thread itself touches it */
	} request[BOARD_THREADS_MAX];
};

extern const struct trial_services threads_services;

#endif
