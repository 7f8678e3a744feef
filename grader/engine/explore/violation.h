/* Violations: which executions show them, the one that is told, and how. */
#ifndef VIOLATION_H
#define VIOLATION_H

#include "internal.h"

/* A thread waits for what does not come: deadlock, lost wake-up, or just an execution in which something newer is not
 * read. */
void violation_check_stuck(void);
/* Enough has been seen: each property that is wanted is violated, and often enough to choose among the executions. */
bool violation_enough(void);
void violation_clear(void);
/* While an execution is traced: a thread's mark. */
void violation_trace_mark(const struct run_thread *thread, uint32_t event, uint32_t what);

/* Writes the counterexample of a property's violation into `steps` (at most `most`). Returns how many steps. */
uint32_t violation_tell(struct violation *violation, struct explore_step *steps, uint32_t most, char *schedule,
			size_t schedule_size);

#endif
