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

static void build_anew(struct states *sf, uint32_t most, uint32_t entries)
{
	memset(sf->table, 0, TABLE * sizeof *sf->table);
	sf->n = 0;
	sf->cut = sf->found = sf->unsettled = false;
	sf->bounds = (struct bounds){ 0 };
	sf->most = most;
	sf->entries = entries;
	machine->end = END_NONE;
	states_build(sf);
}

/* As many states as come; where they never repeat, first without what loops count, then as many entries of all threads
 * together as it takes to break the bound (a ticket that is counted up for ever makes ever new states). */
static void build(struct states *sf, struct stateful_result *result)
{
	bool endless = (machine->job->workload->flags & WORKLOAD_ENDLESS) != 0;

	build_anew(sf, STATES_FIRST, 0);
	if (sf->cut && !cannot_judge() && !machine->processes && counters_find(sf))
		build_anew(sf, STATES_FIRST, 0);
	if (sf->cut && !cannot_judge() && endless) {
		uint32_t most = machine->request->max_executions < STATES_DEFAULT ? STATES_DEFAULT
				: machine->request->max_executions < STATES_MAX
				    ? (uint32_t)machine->request->max_executions
				    : STATES_MAX;
		result->entries = machine->request->max_bypass + 2;
		build_anew(sf, most, result->entries);
	}
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

void stateful_run(struct states *sf, struct stateful_result *result)
{
	*result = (struct stateful_result){ .max_bypass = -1 };
	stateful_begin(sf);
	build(sf, result);
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
	stateful_end();
	result->states = sf->n;
	result->counts = sf->n_counters > 0;
	result->cut = sf->cut || sf->n == 0;
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

struct states *stateful_new(void)
{
	return alloc_zeroed(1, sizeof(struct states));
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
