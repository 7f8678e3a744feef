#include "loop.h"

#include "bounds.h"
#include "consistency.h"
#include "execution.h"
#include "revisit.h"
#include "search.h"
#include "violation.h"
#include "worklist.h"

/* What an execution costs: its events, each of which is a step of native code, and what was looked at to place them. A
 * budget in such units does not depend on the machine, and keeps an algorithm of long executions from taking a hundred
 * times as long as one of short ones. */
static uint64_t work_of_execution(void)
{
	uint64_t events = 0, steps = ex.steps - ex.stepped;

	for (uint32_t t = 0; t < ex.graph->n_threads; t++)
		events += ex.graph->thread[t].n;
	/* A loop that runs out in thousands of rounds takes steps that are no events. */
	uint64_t unseen = steps > STEPS_FREE + 16 * events ? steps - STEPS_FREE - 16 * events : 0;

	return WORK_PER_EVENT * events + WORK_PER_LOOK * (consistency_work - ex.looked) + WORK_OF_STEP * unseen;
}

bool search_out_of_work(void)
{
	return ex.work >= ex.max_executions * WORK_PER_EXECUTION;
}

static bool out_of_budget(void)
{
	return ex.executions >= ex.max_executions || search_out_of_work();
}

void search_count(void)
{
	ex.executions++;
	ex.work += work_of_execution();
	ex.looked = consistency_work;
	ex.stepped = ex.steps;
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE && !ex.waited; t++)
		ex.waited = ex.thread[t].status == THREAD_BLOCKED && ex.thread[t].operation != TRIAL_OPERATION_NONE;
	if (ex.end == END_NONE && execution_all_done())
		ex.complete++;
	else if (ex.end == END_NONE || ex.end == END_PRUNED)
		ex.blocked++, ex.halted += ex.end == END_NONE;
	else if (ex.end == END_FINDING)
		ex.cut++;
}

static void start(void)
{
	search_clear();
	ex.executions = ex.complete = ex.blocked = ex.halted = ex.cut = ex.work = 0;
}

static void search(void)
{
	bool ready = true;
	uint32_t restarts = 0;

	start();
	while (ex.n_levels > 0) {
		if (ready) {
			search_execute();
			search_count();
			if (ex.end == END_STOP)
				return;
			if (ex.end == END_RESTART) {
				if (++restarts > RESTARTS_MAX) {
					machine_give_up(
					    "variables are accessed in more shapes than the explorer follows");
					return;
				}
				start();
				continue;
			}
			if (violation_enough())
				return;
			if (ex.exhausted || out_of_budget()) {
				ex.exhausted = true;
				return;
			}
		}
		if (worklist_top()->n == 0) {
			worklist_pop();
			ready = false;
			continue;
		}
		ready = revisit_apply(worklist_top()->items[--worklist_top()->n]);
	}
}

void search_run(void)
{
	search();
}
