#include "states.h"

#include <stdlib.h>
#include <string.h>

#define REPEATS                                                                                                        \
	1000u /* so many rounds of a cycle are executed, where it is not the same state that it comes back to          \
	       */

struct states sf;

static bool cannot_judge(void)
{
	return ex.inconclusive[0] != '\0' || ex.crash[0] != '\0';
}

static void build_anew(uint32_t most, uint32_t entries)
{
	memset(sf.table, 0, TABLE * sizeof *sf.table);
	sf.n = 0;
	sf.cut = sf.found = sf.unsettled = false;
	sf.most = most;
	sf.entries = entries;
	ex.end = END_NONE;
	states_build();
}

/* As many states as come; where they never repeat, first without what loops count, then as many entries of all threads
 * together as it takes to break the bound (a ticket that is counted up for ever makes ever new states). */
static void build(struct stateful_result *result)
{
	bool endless = (ex.job->workload->flags & WORKLOAD_ENDLESS) != 0;

	build_anew(STATES_FIRST, 0);
	if (sf.cut && !cannot_judge() && !ex.processes && counters_find())
		build_anew(STATES_FIRST, 0);
	if (sf.cut && !cannot_judge() && endless) {
		uint32_t most = ex.request->max_executions < STATES_DEFAULT ? STATES_DEFAULT
				: ex.request->max_executions < STATES_MAX   ? (uint32_t)ex.request->max_executions
									    : STATES_MAX;
		result->entries = ex.request->max_bypass + 2;
		build_anew(most, result->entries);
	}
}

/* Where counters have been left out of the states, what is found is found when it is executed as it stands. */
void stateful_check_stories(struct stateful_result *result)
{
	if (result->livelock && !story_holds(STORY_LIVELOCK, REPEATS))
		result->livelock = false;
	if (result->starves && story_holds(STORY_STARVES, REPEATS)) {
		/* So often was it seen; that it goes on so for ever is not said. */
		result->endless = false;
		result->max_bypass = (int32_t)REPEATS;
	} else if (result->starves) {
		/* Among states without counters it is passed over; whether it is with them is not known. */
		sf.unsettled = true;
		result->starves = result->endless = false;
		result->max_bypass = -1;
	}
}

static bool somebody_enters(void)
{
	for (uint32_t i = 0; i < sf.n; i++) {
		for (uint32_t m = 0; m < ex.n_threads * ALTERNATIVES; m++) {
			if (sf.state[i].entered[m] != 0)
				return true;
		}
	}
	return false;
}

bool stateful_begin(void)
{
	if (sf.state == NULL)
		sf.state = malloc(STATES_MAX * sizeof *sf.state);
	if (sf.table == NULL)
		sf.table = calloc(TABLE, 4);
	ex.spurious_allowed = false;
	sf.n_counters = 0;
	if (sf.state == NULL || sf.table == NULL)
		machine_give_up("the explorer has no memory left");
	return sf.state != NULL && sf.table != NULL;
}

void stateful_end(void)
{
	ex.spurious_allowed = true;
}

void stateful_run(struct stateful_result *result)
{
	*result = (struct stateful_result){ .max_bypass = -1 };
	if (!stateful_begin())
		return;
	build(result);
	if (sf.n > 0) {
		livelock_judge(result);
		if ((ex.job->workload->flags & WORKLOAD_ENDLESS) != 0) {
			waits_judge(result);
			if (!result->livelock)
				game_judge(result);
		}
		if (sf.n_counters > 0)
			stateful_check_stories(result);
	}
	stateful_end();
	result->states = sf.n;
	result->counts = sf.n_counters > 0;
	result->cut = sf.cut || sf.n == 0;
	result->found = sf.found;
	result->unsettled = sf.unsettled;
	result->entered = somebody_enters();
	result->complete = !sf.cut && sf.n > 0 && !sf.found && sf.n_counters == 0;
}

void stateful_fini(void)
{
	free(sf.state);
	free(sf.table);
	memset(&sf, 0, sizeof sf);
}
