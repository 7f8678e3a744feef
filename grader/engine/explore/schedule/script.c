#include "schedule.h"

#include "execution.h"
#include "search.h"

uint32_t schedule_alternative(enum alternative_kind kind, uint32_t n)
{
	if (ex.strategy != NULL)
		return n > 1 ? ex.strategy->alternative(kind, n) : 0;
	uint32_t k = ex.script == NULL ? 0 : ex.script->step[ex.script_at].alternative;

	return k < n ? k : 0;
}

void script_follow(void)
{
	for (ex.script_at = 0; ex.script_at < ex.script->n && ex.end == END_NONE;) {
		uint32_t t = ex.script->step[ex.script_at].thread, at = ex.script_at;
		if (t >= ex.n_threads)
			break;
		while (ex.script_at == at && ex.end == END_NONE) {
			if (!execution_advance(&ex.thread[t], true) || ex.thread[t].status == THREAD_DONE ||
			    ex.thread[t].status == THREAD_BLOCKED)
				break;
		}
		if (ex.script_at == at)
			ex.script_at++;
	}
}

bool script_runs_out(void)
{
	return ex.script_at < ex.script->n && ex.script->step[ex.script_at].alternative == RUN_OUT;
}
