/* Executions that are chosen step by step. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include "execution.h"
#include "strategies.h"

/* Executes once, from fresh state, as the scheduler chooses, with what it remembers. */
void schedule_execute(struct execution *x, const struct scheduler *scheduler, void *chooser);

#endif
