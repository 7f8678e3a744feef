/* Schedules of the memory model: made of a graph, and run again. The text is schedule_text.h's. */
#ifndef REPLAY_H
#define REPLAY_H

#include "execution.h"

/* Makes the schedule of a graph whose events are put in this order. 0, or a negative errno value. */
int replay_make(struct schedule *schedule, const struct graph *graph, const ref *order, uint32_t n);
/* Adds that the thread waits in a loop of so many steps. */
int replay_add_wait(struct schedule *schedule, uint32_t thread, uint32_t steps);
/* Runs it. False: it does not fit; why stands in x->misfit. */
bool replay_run(struct execution *x, const struct schedule *schedule);

#endif
