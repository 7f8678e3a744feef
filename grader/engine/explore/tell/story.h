/* The counterexample: a schedule is run once more, and all that the threads do in it is told. */
#ifndef STORY_H
#define STORY_H

#include "internal.h"

/* Runs the schedule, and notes what it shows (ex.shown) and what is done in it. Nothing else of the exploration's
 * results changes. False: it does not fit (ex.misfit), or what the plugin does depends on more than the schedule. */
bool story_run(const struct schedule *schedule);
/* Of the schedule run last: what leads to what it shows of the property, written into `steps` (at most `most`).
 * Returns how many steps. */
uint32_t story_tell(uint32_t property, struct explore_step *steps, uint32_t most);

/* While it runs: a thread's mark. */
void story_mark(const struct run_thread *thread, uint32_t event, uint32_t what);

#endif
