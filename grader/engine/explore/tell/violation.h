/* Where findings arrive: whatever an execution shows, of whichever property, is noted here by search_violation() and
 * the like (search.h), with the schedule of an execution that shows it. */
#ifndef VIOLATION_H
#define VIOLATION_H

#include "internal.h"

/* A thread waits for what does not come: deadlock, lost wake-up, or just an execution in which something newer is not
 * read. */
void violation_check_stuck(void);
/* Enough has been seen: each property that is wanted is violated, and often enough to choose among the executions. */
bool violation_enough(void);
void violation_clear(void);
void violations_free(struct violation *violation, unsigned n);

#endif
