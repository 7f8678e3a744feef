/* Executions that are chosen step by step. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include "internal.h"

/* The alternative that is taken, of n. */
uint32_t schedule_alternative(enum alternative_kind kind, uint32_t n);
/* What is said of the step that is being taken; NULL: the scheduler gives no names. */
const struct schedule_step *schedule_named(void);

/* Executes once, from fresh state, as the scheduler chooses. */
void schedule_execute(const struct scheduler *scheduler);

#endif
