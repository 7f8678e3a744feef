/* The counterexample: a schedule is run once more, and all that the threads do in it is told. */
#ifndef STORY_H
#define STORY_H

#include "violation.h"

/* Runs the schedule, and notes what it shows (found->shown) and what is done in it. Nothing else of the exploration's
 * results changes. False: it does not fit (found->x->misfit), or what the plugin does depends on more than the
 * schedule. */
bool story_run(struct findings *found, const struct schedule *schedule);
/* Of the schedule run last: what leads to what it shows of the property, written into `steps` (at most `most`).
 * Returns how many steps. */
uint32_t story_tell(struct findings *found, uint32_t property, struct explore_step *steps, uint32_t most);

#endif
