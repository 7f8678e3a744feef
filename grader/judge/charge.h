/* Which check a run is charged to that did not come to its end, and whose deadlocks are whose. */
#ifndef CHARGE_H
#define CHARGE_H

#include "judge.h"

/* What a workload shows that only hidden checks have is told by these alone: whether it is kept from this check. */
bool charge_is_kept_from(const struct exercise_check *check, const struct exercise *exercise,
			 const struct exercise_workload *workload);

/* The check that threads which wait for ever in this workload are charged to: its own about waiting, else the
 * exercise's progress or lost wake-up, else its own about order or bounds. NULL: none of these. */
const struct exercise_check *charge_waiting(const struct exercise *exercise, const struct exercise_workload *workload,
					    enum engine_id engine);

/* The check that a violation of this property is charged to, which the explorer has seen in a run: the workload's own
 * of that property; else what the workload is there for, if that is independence or sharing; else the exercise's check
 * of the property; else any of the workload's. NULL: it is held against a check already. Threads that wait for ever are
 * charge_waiting()'s. */
const struct exercise_check *charge_finding(const struct judge_input *input, const struct judge_run *run,
					    enum workload_property property);

/* How a run's end counts. */
enum charge {
	CHARGE_NOBODY, /* it came to its end, or was ended by us: it says nothing of any property */
	CHARGE_ALL,    /* the plugin ended it, or could not be started: every check of the workload fails */
	CHARGE_ONE     /* one check fails, the workload's others are not judged */
};

/* *check: the one of CHARGE_ONE. */
enum charge charge_end(const struct judge_input *input, const struct judge_run *run,
		       const struct exercise_check **check);

#endif
