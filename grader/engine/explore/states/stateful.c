#include "states.h"

#include <stdlib.h>
#include <string.h>

struct states sf;

void stateful_run(struct stateful_result *result)
{
	*result = (struct stateful_result){ .max_bypass = -1 };
	sf.state = malloc(STATES_MAX * sizeof *sf.state);
	sf.table = calloc(TABLE, 4);
	sf.n = 0;
	sf.cut = false;
	if (sf.state == NULL || sf.table == NULL)
		abort();
	ex.spurious_allowed = false;
	ex.end = END_NONE;
	sf.most = STATES_FIRST;
	sf.entries = 0;
	states_build();
	if (sf.cut && ex.inconclusive[0] == '\0' && ex.crash[0] == '\0' &&
	    (ex.job->workload->flags & WORKLOAD_ENDLESS) != 0) {
		/* A ticket that is counted up for ever makes ever new states: follow as many entries as it takes to
		 * break the bound. */
		memset(sf.table, 0, TABLE * sizeof *sf.table);
		sf.n = 0;
		sf.cut = false;
		sf.most = ex.request->max_executions < STATES_DEFAULT ? STATES_DEFAULT
			  : ex.request->max_executions < STATES_MAX   ? (uint32_t)ex.request->max_executions
								      : STATES_MAX;
		sf.entries = result->entries = ex.request->max_bypass + 2;
		ex.end = END_NONE;
		states_build();
	}
	if (sf.n > 0) {
		livelock_judge(result);
		if ((ex.job->workload->flags & WORKLOAD_ENDLESS) != 0) {
			waits_judge(result);
			if (!result->livelock)
				game_judge(result);
		}
	}
	ex.spurious_allowed = true;
	result->states = sf.n;
	result->complete = !sf.cut && sf.n > 0;
}

void stateful_fini(void)
{
	free(sf.state);
	free(sf.table);
	memset(&sf, 0, sizeof sf);
}
