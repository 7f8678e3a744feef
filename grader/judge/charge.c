#include "charge.h"

#include <signal.h>

#include "board.h"
#include "explored.h"

bool charge_is_kept_from(const struct exercise_check *check, const struct exercise *exercise,
			 const struct exercise_workload *workload)
{
	bool hidden = false;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		if (exercise->checks[i].workload != workload)
			continue;
		if (!exercise->checks[i].hidden)
			return false;
		hidden = true;
	}
	return hidden && !check->hidden;
}

/* The first check of a property that the engine judges; `anywhere`: of any workload, but one that may speak of this. */
static const struct exercise_check *find(const struct exercise *exercise, const struct exercise_workload *workload,
					 enum engine_id engine, enum workload_property property, bool anywhere)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (check->property == property && (check->engines & 1u << engine) != 0 &&
		    (anywhere ? !charge_is_kept_from(check, exercise, workload) : check->workload == workload))
			return check;
	}
	return NULL;
}

const struct exercise_check *charge_waiting(const struct exercise *exercise, const struct exercise_workload *workload,
					    enum engine_id engine)
{
	static const struct {
		enum workload_property property;
		bool anywhere;
	} order[] = {
		{ PROPERTY_PROGRESS, false },     { PROPERTY_LOST_WAKEUP, false },
		{ PROPERTY_INDEPENDENCE, false }, { PROPERTY_PROCESS_SHARED, false },
		{ PROPERTY_PROGRESS, true },      { PROPERTY_LOST_WAKEUP, true },
		{ PROPERTY_ORDERING, false },     { PROPERTY_BOUNDED_WAITING, false },
	};
	const struct exercise_check *found = NULL;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) && found == NULL; i++)
		found = find(exercise, workload, engine, order[i].property, order[i].anywhere);
	return found;
}

/* Whether some check of that property fails by what its own workload shows. */
static bool fails_by_itself(const struct judge_input *input, enum workload_property property)
{
	for (size_t i = 0; i < input->n_runs; i++) {
		const struct judge_run *run = &input->runs[i];
		const struct explored *explored = run->ran ? explored_find(&run->evidence, property) : NULL;
		if (explored != NULL && explored->said.outcome == EXPLORE_FAIL &&
		    find(input->exercise, run->workload, run->engine, property, false) != NULL)
			return true;
	}
	return false;
}

/* The first check of a workload that is about something that it does. */
static const struct exercise_check *find_any(const struct exercise *exercise, const struct exercise_workload *workload,
					     enum engine_id engine)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (check->workload == workload && (check->engines & 1u << engine) != 0)
			return check;
	}
	return NULL;
}

/* The check that looks for this in the workload besides its own. */
static const struct exercise_check *find_also(const struct exercise *exercise, const struct exercise_workload *workload,
					      enum workload_property property)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		for (size_t k = 0; check->property == property && k < check->n_also; k++) {
			if (check->also[k] == workload)
				return check;
		}
	}
	return NULL;
}

const struct exercise_check *charge_finding(const struct judge_input *input, const struct judge_run *run,
					    enum workload_property property)
{
	const struct exercise *exercise = input->exercise;
	const struct exercise_check *found = find(exercise, run->workload, run->engine, property, false);
	if (found == NULL)
		found = find_also(exercise, run->workload, property);
	if (found == NULL)
		found = find(exercise, run->workload, run->engine, PROPERTY_INDEPENDENCE, false);
	if (found == NULL)
		found = find(exercise, run->workload, run->engine, PROPERTY_PROCESS_SHARED, false);
	if (found != NULL)
		return found;
	found = find(exercise, run->workload, run->engine, property, true);
	if (found != NULL && input->only_check == NULL && fails_by_itself(input, property))
		return NULL;
	return found != NULL ? found : find_any(exercise, run->workload, run->engine);
}

/* A gate stands for a property of its own; where no check of the workload has it, the thread just waits. */
static const struct exercise_check *charge_hang(const struct exercise *exercise, const struct judge_run *run)
{
	const struct evidence *evidence = &run->evidence;
	const struct exercise_check *found = NULL;
	if (evidence->gate_stuck != NULL) {
		found = find(exercise, run->workload, run->engine, PROPERTY_PROCESS_SHARED, false);
		if (found == NULL)
			found = find(exercise, run->workload, run->engine,
				     (enum workload_property)evidence->gate_property, false);
	}
	return found != NULL ? found : charge_waiting(exercise, run->workload, run->engine);
}

static const struct exercise_check *charge_crash(const struct exercise *exercise, const struct judge_run *run)
{
	/* A lock with nodes on the heap serves threads well, and crashes between processes. */
	const struct exercise_check *found = find(exercise, run->workload, run->engine, PROPERTY_PROCESS_SHARED, false);
	return found != NULL ? found : find(exercise, run->workload, run->engine, PROPERTY_MEMORY_SAFETY, true);
}

enum charge charge_end(const struct judge_input *input, const struct judge_run *run,
		       const struct exercise_check **check)
{
	const struct evidence *evidence = &run->evidence;
	bool exploring = run->engine == ENGINE_EXPLORE && evidence->phase > PHASE_LOAD;
	*check = NULL;
	switch (evidence->end) {
	case RUN_DONE:
	case RUN_WALL_LIMIT:
	case RUN_CPU_LIMIT:
		return CHARGE_NOBODY;
	case RUN_HANG_ASLEEP:
	case RUN_HANG_AWAKE:
		if (exploring)
			return CHARGE_NOBODY;
		*check = evidence->phase > PHASE_LOAD ? charge_hang(input->exercise, run) : NULL;
		break;
	case RUN_MEMORY_LIMIT:
		if (exploring)
			return CHARGE_NOBODY;
		*check = charge_crash(input->exercise, run);
		break;
	case RUN_SIGNALED:
		/* What no plugin may do is no mistake with memory. */
		if (evidence->code != SIGSYS && evidence->code != SIGXFSZ && evidence->phase > PHASE_LOAD)
			*check = charge_crash(input->exercise, run);
		break;
	default:
		break;
	}
	return *check != NULL ? CHARGE_ONE : CHARGE_ALL;
}
