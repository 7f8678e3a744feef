/* Executions that are led by a schedule as far as it can be followed, and then go straight on: what comes of a schedule
 * of which something was left out, or put elsewhere. */
#ifndef GUIDED_H
#define GUIDED_H

#include "schedule.h"

/* Whose turn it is, and which of the library's alternatives is taken, step by step; of a thread that cannot go on, or
 * an alternative that there is not, nothing comes. Reads see the newest write. */
struct guide {
	const struct schedule_step *step;
	uint32_t n;
	/* of the execution that runs */
	const struct schedule_step *now; /* the step that is being taken; NULL: none, it goes straight on */
	uint32_t at, in_a_row;
};

/* Executes once, from fresh state, to its end. */
void guided_run(struct execution *x, struct guide *guide);

#endif
