#include "states.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

#define REPEATS                                                                                                        \
	1000u /* so many rounds of a cycle are executed, where it is not the same state that it comes back to          \
	       */

static bool cannot_judge(void)
{
	return machine->inconclusive[0] != '\0' || machine->crash[0] != '\0';
}

static uint32_t most_states(void)
{
	uint64_t asked = machine->request->max_executions;

	return asked < STATES_DEFAULT ? STATES_DEFAULT : asked < STATES_MAX ? (uint32_t)asked : STATES_MAX;
}

/* In steps, for how long it takes to get to a state is not for the clock to say. */
static uint64_t most_steps(void)
{
	uint64_t most = (uint64_t)most_states() * STEPS_PER_STATE;

	return machine->steps + (most < STEPS_MAX ? most : STEPS_MAX);
}

/* False: there are more than `pause`. */
static bool build_anew(struct states *sf, uint32_t pause)
{
	bool done;

	do {
		states_begin(sf);
		done = states_build(sf, pause);
	} while (sf->apart.grown && !cannot_judge());
	return done;
}

static void build_on(struct states *sf)
{
	states_build(sf, NOWHERE);
	while (sf->apart.grown && !cannot_judge())
		build_anew(sf, NOWHERE);
}

/* As many states as can be reached with as many entries of all threads together as it takes to break the bound: where
 * something is counted up, a ticket say, there is no end of them. Where there are very many even so, what loops count
 * is left out. */
static void build(struct states *sf)
{
	bool endless = (machine->job->workload->flags & WORKLOAD_ENDLESS) != 0;

	sf->n_counters = 0;
	sf->most = endless ? most_states() : STATES_FIRST;
	sf->entries = endless ? machine->request->max_bypass + 2 : 0;
	if ((build_anew(sf, STATES_FIRST) && !sf->cut) || cannot_judge())
		return;
	if (!machine->processes && counters_find(sf))
		build_anew(sf, NOWHERE);
	else
		build_on(sf);
}

/* Where counters have been left out of the states, what is found is found when it is executed as it stands. */
void stateful_check_stories(struct states *sf, struct stateful_result *result)
{
	if (result->livelock && !story_holds(sf, STORY_LIVELOCK, REPEATS))
		result->livelock = false;
	if (result->starves && story_holds(sf, STORY_STARVES, REPEATS)) {
		/* So often was it seen; that it goes on so for ever is not said. */
		result->endless = false;
		result->max_bypass = (int32_t)REPEATS;
	} else if (result->starves) {
		/* Among states without counters it is passed over; whether it is with them is not known. */
		sf->unsettled = true;
		result->starves = result->endless = false;
		result->max_bypass = -1;
	}
}

static bool somebody_enters(struct states *sf)
{
	for (uint32_t i = 0; i < sf->n; i++) {
		for (uint32_t m = 0; m < machine->n_threads * ALTERNATIVES; m++) {
			if (sf->state[i].entered[m] != 0)
				return true;
		}
	}
	return false;
}

void stateful_begin(struct states *sf)
{
	if (sf->state == NULL)
		sf->state = alloc(STATES_MAX * sizeof *sf->state);
	if (sf->table == NULL)
		sf->table = alloc_zeroed(TABLE, 4);
	sf->n_counters = 0;
}

void stateful_end(void)
{
}

/* Builds the states, with surprises or without, and judges by them. */
static void run(struct states *sf, bool surprises, struct stateful_result *result)
{
	*result = (struct stateful_result){ .max_bypass = -1 };
	sf->surprises = surprises;
	sf->left_out = false;
	sf->steps_most = most_steps();
	build(sf);
	if (sf->n > 0) {
		livelock_judge(sf, result);
		if ((machine->job->workload->flags & WORKLOAD_ENDLESS) != 0) {
			waits_judge(sf, result);
			if (!result->livelock)
				game_judge(sf, result);
		}
		if (sf->n_counters > 0)
			stateful_check_stories(sf, result);
	}
	result->states = sf->n;
	result->counts = sf->n_counters > 0;
	result->cut = sf->cut || sf->n == 0;
	result->entries = sf->beyond ? sf->entries : 0;
	if (result->entries != 0)
		bound_reached(&sf->bounds, BOUND_ENTRIES);
	if (result->counts)
		bound_reached(&sf->bounds, BOUND_ROUNDS);
	result->bounds = sf->bounds.reached;
	result->found = sf->found;
	result->unsettled = sf->unsettled;
	result->entered = somebody_enters(sf);
	result->complete = !sf->cut && sf->n > 0 && !sf->found && sf->n_counters == 0;
}

/* Whether something that is asked for goes wrong. */
static bool is_bad(const struct stateful_result *result)
{
	uint32_t wanted = machine->request->properties;

	return result->livelock || (result->starves && (wanted & 1u << PROPERTY_BOUNDED_WAITING) != 0) ||
	       (result->spins && (wanted & 1u << PROPERTY_BUSY_WAITING) != 0);
}

void stateful_run(struct states *sf, struct stateful_result *result)
{
	struct stateful_result without;

	if (machine->n_threads > STATES_THREADS_MAX) {
		*result = (struct stateful_result){ .max_bypass = -1, .cut = true, .bounds = 1u << BOUND_STATES };
		return;
	}
	stateful_begin(sf);
	merge_begin(&sf->apart, !sf->step_by_step, !sf->step_by_step);
	run(sf, false, &without);
	*result = without;
	/* What goes wrong without surprises is told without. Where those states are too many, all are. */
	if (sf->left_out && is_bad(&without)) {
		result->surprises = SURPRISES_NONE;
	} else if (sf->left_out && !without.cut && !cannot_judge()) {
		run(sf, true, result);
		if (result->cut)
			result->surprises = SURPRISES_NONE;
		if (result->max_bypass < without.max_bypass)
			result->max_bypass = without.max_bypass;
	}
	stateful_end();
}

struct states *stateful_new(void)
{
	return alloc_zeroed(1, sizeof(struct states));
}

void stateful_step_by_step(struct states *sf)
{
	sf->step_by_step = true;
}

void stateful_free(struct states *sf)
{
	if (sf == NULL)
		return;
	free(sf->state);
	free(sf->table);
	free(sf);
}

const char *stateful_misfit(const struct states *sf)
{
	return sf->misfit;
}
