#include "execution.h"

#include "bounds.h"
#include "events.h"
#include "loops.h"
#include "search.h"
#include "values.h"
#include "violation.h"

static void replay_access(struct run_thread *thread, const struct action *action, uint32_t location)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	ref r = REF(t, thread->consumed);
	struct event *event = graph_event(ex.graph, r);

	if (event->location != location) {
		machine_give_up(
		    "a thread did something else when it was run again: what it does depends on more than the "
		    "explorer controls");
		return;
	}
	if ((event->flags & EVENT_READS) != 0) {
		if (event->from != REF_INITIAL &&
		    ex.thread[REF_THREAD(event->from)].consumed <= REF_INDEX(event->from)) {
			thread->status = THREAD_WAITING;
			return;
		}
		/* Its write is still to be added, if what it reads now makes it write. */
		uint64_t new;
		if ((event->flags & (EVENT_WRITES | EVENT_DEMOTED)) == 0 &&
		    rule_apply(&event->rule, event->read_value, &new) == OUTCOME_WRITE) {
			event->write_value = new;
			if (action->rule.plain)
				event->flags |= EVENT_PENDING;
			if (!event_add_write(thread, r))
				return;
			value_shift(location, event);
		}
	}
	event_perform(thread, action, r);
}

static void replay_event(struct run_thread *thread, const struct action *action, uint32_t location)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	struct event *event = &ex.graph->thread[t].event[thread->consumed];
	ref r = REF(t, thread->consumed);

	if ((event->flags & EVENT_RUNOUT) != 0) {
		loops_replay(thread, r);
		return;
	}
	if (event->hook != action->hook || event->pc != action->pc) {
		machine_give_up(
		    "a thread did something else when it was run again: what it does depends on more than the "
		    "explorer controls");
		return;
	}
	/* A thread that went round its loop in vain before may have been let on since. */
	if (action->kind == ACTION_ACCESS)
		replay_access(thread, action, location);
	else if (action->kind == ACTION_FENCE)
		event_perform_fence(thread, event, r);
	else
		event_perform_choice(thread, event, r);
}

/* Handles a request that is an event of the model. */
void execution_event(struct run_thread *thread, const struct action *action)
{
	uint32_t t = (uint32_t)(thread - ex.thread), location = NO_LOCATION;
	bool mixed;

	if (ex.scheduler->patient && ++ex.execution_steps >= EXECUTION_STEPS_MAX) {
		ex.end = END_PRUNED;
		return;
	}
	if (thread->consumed >= EVENTS_MAX) {
		bound_reached(BOUND_EVENTS);
		ex.exhausted = true;
		ex.end = END_PRUNED;
		return;
	}
	if (thread->consumed == ex.graph->thread[t].n && !ex.forward) {
		thread->status = THREAD_FRONTIER;
		return;
	}
	if (action->kind == ACTION_ACCESS) {
		location = location_find(action->address, action->rule.library ? 1 : action->rule.size,
					 action->rule.library, &mixed);
		if (location == NO_LOCATION && mixed && locations_merge(action->address, action->rule.size)) {
			ex.end = END_RESTART;
			return;
		}
		if (location == NO_LOCATION) {
			machine_give_up("the plugin uses more shared variables than the explorer follows");
			return;
		}
		value_touch(thread, location);
		if (ex.end != END_NONE)
			return;
	}
	if (thread->consumed < ex.graph->thread[t].n)
		replay_event(thread, action, location);
	else if (action->kind == ACTION_ACCESS)
		event_add_access(thread, action, location);
	else
		event_add_simple(thread, action);
}

/* Runs a thread until it can go no further; `one_event`: no more than one event of the model. True: it moved. */
bool execution_advance(struct run_thread *thread, bool one_event)
{
	bool moved = false, event = false;

	while (ex.end == END_NONE) {
		if (thread->status == THREAD_READY) {
			machine_resume(thread);
			if (thread->pending != REF_INITIAL)
				value_settle(thread);
			thread->has_action = machine_action(thread, &thread->action);
			moved = true;
			if (!thread->has_action)
				continue;
			thread->status = THREAD_ASKING;
			if (event && one_event)
				return true;
		} else if (thread->status == THREAD_BLOCKED || thread->status == THREAD_DONE ||
			   (thread->status == THREAD_FRONTIER && !ex.forward)) {
			return moved;
		}
		thread->status = THREAD_READY;
		execution_event(thread, &thread->action);
		if (thread->status == THREAD_WAITING || thread->status == THREAD_FRONTIER)
			return moved;
		moved = event = true;
		/* A plain access that is an event is made only when the thread runs on. */
		if (one_event && thread->pending == REF_INITIAL)
			return true;
	}
	return moved;
}

bool execution_all_done(void)
{
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		if (ex.thread[t].status != THREAD_DONE)
			return false;
	}
	return true;
}

void search_execute(void)
{
	bool moved = true;

	machine_start();
	while (moved && ex.end == END_NONE) {
		moved = false;
		for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE; t++)
			moved |= execution_advance(&ex.thread[t], false);
	}
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE; t++) {
		if (ex.thread[t].status == THREAD_WAITING)
			machine_give_up("a graph could not be executed again");
	}
	ex.forward = true;
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE; t++) {
		if (ex.thread[t].status == THREAD_FRONTIER)
			ex.thread[t].status = THREAD_ASKING;
		execution_advance(&ex.thread[t], false);
	}
	if (ex.end != END_NONE)
		return;
	if (execution_all_done())
		machine_finish();
	else
		violation_check_stuck();
}
