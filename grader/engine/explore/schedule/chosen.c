/* An execution in which somebody chooses each step, and series of them. */
#include "schedule.h"

#include "bounds.h"
#include "execution.h"
#include "loop.h"
#include "search.h"
#include "violation.h"
#include "worklist.h"

static uint32_t always_first(enum alternative_kind kind, uint32_t n)
{
	(void)kind;
	(void)n;
	return 0;
}

/* Its threads run in the order of their numbers (search_execute). */
const struct scheduler scheduler_exhaustive = { .name = "exhaustive", .exhaustive = true, .alternative = always_first };

uint32_t schedule_alternative(enum alternative_kind kind, uint32_t n)
{
	return n > 1 ? ex.scheduler->alternative(kind, n) : 0;
}

const struct schedule_step *schedule_named(void)
{
	return ex.scheduler->named != NULL ? ex.scheduler->named() : NULL;
}

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

/* Those who wait do so for good now. */
static void settle_waiting(void)
{
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE; t++) {
		if (ex.thread[t].status != THREAD_WAITING)
			continue;
		if (ex.thread[t].reason == BLOCK_LIBRARY)
			execution_event(&ex.thread[t], &ex.thread[t].action);
		else
			ex.thread[t].status = THREAD_BLOCKED;
	}
}

/* What an execution does of itself, once nobody chooses any more. */
static const struct scheduler first_of_all = { .name = "the first of all", .alternative = always_first };

void schedule_execute(const struct scheduler *scheduler)
{
	uint32_t last = ex.n_threads;

	search_clear();
	machine_start();
	ex.scheduler = scheduler;
	ex.forward = true;
	ex.execution_steps = 0;
	while (ex.end == END_NONE) {
		uint32_t can[THREADS_MAX], n = 0;
		for (uint32_t t = 0; t < ex.n_threads; t++) {
			if (may_go(&ex.thread[t]))
				can[n++] = t;
		}
		last = n == 0 ? NO_THREAD : scheduler->thread(can, n, last);
		if (last == NO_THREAD)
			break;
		execution_advance(&ex.thread[last], true);
	}
	bool verdict = ex.end == END_NONE && (scheduler->end == NULL || scheduler->end());
	ex.scheduler = &first_of_all;
	if (verdict && ex.end == END_NONE)
		settle_waiting();
	ex.scheduler = scheduler;
	if (!verdict || ex.end != END_NONE)
		return;
	if (execution_all_done())
		machine_finish();
	else
		violation_check_stuck();
}

void search_chosen(const struct scheduler *scheduler, uint32_t n)
{
	uint32_t longest = 0, restarts = 0, endless = 0;

	ex.work = 0;
	for (uint32_t i = 0; i < n && endless < DROPPED_MAX && ex.end != END_STOP && !violation_enough(); i++) {
		if (search_out_of_work() || !scheduler->begin(ex.n_threads, longest))
			break;
		schedule_execute(scheduler);
		search_count();
		if (ex.end == END_RESTART) {
			strategies_reset();
			if (++restarts > RESTARTS_MAX)
				machine_give_up("variables are accessed in more shapes than the explorer follows");
		}
		endless += ex.execution_steps >= EXECUTION_STEPS_MAX;
		ex.dropped += ex.execution_steps >= EXECUTION_STEPS_MAX;
		if (ex.execution_steps > longest)
			longest = ex.execution_steps;
	}
	ex.scheduler = &scheduler_exhaustive;
	search_clear();
}
