#include "schedule.h"

#include "bounds.h"
#include "execution.h"
#include "loop.h"
#include "search.h"
#include "violation.h"
#include "worklist.h"

/* Whether a thread can take a step; one that waits can when what it looked at has changed. */
static bool may_go(struct run_thread *thread)
{
	const struct graph_thread *events = &ex.graph->thread[thread - ex.thread];

	if (thread->status != THREAD_WAITING)
		return thread->status != THREAD_DONE && thread->status != THREAD_BLOCKED;
	if (thread->reason == BLOCK_LIBRARY) {
		uint32_t location = location_lookup(thread->action.address, 1);
		return ex.graph->location[location].writes.n != thread->seen_writes;
	}
	for (uint32_t i = thread->spin_begin; i < thread->spin_end; i++) {
		const struct event *event = &events->event[i];
		if ((event->flags & (EVENT_READS | EVENT_COUNTS)) != EVENT_READS)
			continue;
		int32_t newest = (int32_t)ex.graph->location[event->location].writes.n - 1;
		int32_t own = (event->flags & EVENT_WRITES) != 0 ? event->mo : graph_mo(ex.graph, event->from);
		if (newest > own) {
			thread->woken = true;
			return true;
		}
	}
	return false;
}

static void execute_chosen(void)
{
	uint32_t last = ex.n_threads;

	search_clear();
	machine_start();
	ex.forward = true;
	ex.execution_steps = 0;
	while (ex.end == END_NONE) {
		uint32_t can[THREADS_MAX], n = 0;
		for (uint32_t t = 0; t < ex.n_threads; t++) {
			if (may_go(&ex.thread[t]))
				can[n++] = t;
		}
		if (n == 0)
			break;
		last = ex.strategy->thread(can, n, last);
		execution_advance(&ex.thread[last], true);
	}
	if (ex.end != END_NONE)
		return;
	/* Those who wait do so for good now. */
	const struct strategy *kept = ex.strategy;
	ex.strategy = NULL;
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE; t++) {
		if (ex.thread[t].status != THREAD_WAITING)
			continue;
		if (ex.thread[t].reason == BLOCK_LIBRARY)
			execution_event(&ex.thread[t], &ex.thread[t].action);
		else
			ex.thread[t].status = THREAD_BLOCKED;
	}
	ex.strategy = kept;
	if (ex.end != END_NONE)
		return;
	if (execution_all_done())
		machine_finish();
	else
		violation_check_stuck();
}

void search_chosen(const struct strategy *strategy, uint32_t n)
{
	uint32_t longest = 0, restarts = 0, endless = 0;

	ex.strategy = strategy;
	ex.work = 0;
	for (uint32_t i = 0; i < n && endless < DROPPED_MAX && ex.end != END_STOP && !violation_enough(); i++) {
		if (search_out_of_work() || !strategy->begin(ex.n_threads, longest))
			break;
		execute_chosen();
		search_count();
		if (ex.end == END_RESTART) {
			strategies_reset();
			if (++restarts > RESTARTS_MAX)
				machine_give_up("variables are accessed in more shapes than the explorer follows");
		}
		endless += ex.execution_steps >= EXECUTION_STEPS_MAX;
		if (ex.execution_steps > longest)
			longest = ex.execution_steps;
	}
	ex.strategy = NULL;
	search_clear();
}
