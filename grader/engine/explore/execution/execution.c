#include "execution.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clear.h"
#include "events.h"
#include "loops.h"
#include "postpone.h"
#include "values.h"

static void replay_access(struct execution *x, struct run_thread *thread, const struct action *action,
			  uint32_t location)
{
	uint32_t t = thread_number(thread);
	ref r = REF(t, thread->consumed);
	struct event *event = graph_event(machine->graph, r);

	if (event->location != location) {
		machine_give_up(SAID_A_THREAD_DID_SOMETHING_ELSE);
		return;
	}
	if ((event->flags & EVENT_READS) != 0) {
		if (event->from != REF_INITIAL &&
		    machine->thread[REF_THREAD(event->from)].consumed <= REF_INDEX(event->from)) {
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
			if (!event_add_write(x, thread, r))
				return;
			value_shift(location, event);
		}
	}
	event_perform(x, thread, action, r);
}

static void replay_event(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location)
{
	uint32_t t = thread_number(thread);
	struct event *event = &machine->graph->thread[t].event[thread->consumed];
	ref r = REF(t, thread->consumed);

	if ((event->flags & EVENT_RUNOUT) != 0) {
		loops_replay(x, thread, r);
		return;
	}
	if (event->hook != action->hook || event->pc != action->pc) {
		machine_give_up(SAID_A_THREAD_DID_SOMETHING_ELSE);
		return;
	}
	/* A thread that went round its loop in vain before may have been let on since. */
	if (action->kind == ACTION_ACCESS)
		replay_access(x, thread, action, location);
	else if (action->kind == ACTION_FENCE)
		event_perform_fence(thread, event, r);
	else
		event_perform_choice(thread, event, r);
}

/* Handles a request that is an event of the model. */
void execution_event(struct execution *x, struct run_thread *thread, const struct action *action)
{
	uint32_t t = thread_number(thread), location = NO_LOCATION;
	bool mixed;

	if (x->scheduler->patient && ++x->steps >= EXECUTION_STEPS_MAX) {
		machine->end = END_PRUNED;
		return;
	}
	if (thread->consumed >= EVENTS_MAX) {
		bound_reached(&machine->bounds, BOUND_EVENTS);
		machine->bounds.exhausted = true;
		machine->end = END_PRUNED;
		return;
	}
	if (thread->consumed == machine->graph->thread[t].n && !x->forward) {
		thread->status = THREAD_FRONTIER;
		return;
	}
	if (action->kind == ACTION_ACCESS) {
		location = location_find(&machine->model, action->address, action->rule.library ? 1 : action->rule.size,
					 action->rule.library, &mixed);
		if (location == NO_LOCATION && mixed &&
		    shapes_merge(&machine->model, action->address, action->rule.size)) {
			machine->end = END_RESTART;
			return;
		}
		if (location == NO_LOCATION) {
			machine_give_up(SAID_THE_PLUGIN_USES_MORE_SHARED);
			return;
		}
		value_touch(thread, location);
		if (machine->end != END_NONE)
			return;
	}
	if (thread->consumed < machine->graph->thread[t].n)
		replay_event(x, thread, action, location);
	else if (action->kind == ACTION_ACCESS)
		event_add_access(x, thread, action, location);
	else
		event_add_simple(x, thread, action);
}

/* Runs a thread until it can go no further; `one_event`: no more than one event of the model. True: it moved. */
bool execution_advance(struct execution *x, struct run_thread *thread, bool one_event)
{
	bool moved = false, event = false;

	while (machine->end == END_NONE) {
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
			   (thread->status == THREAD_FRONTIER && !x->forward)) {
			return moved;
		}
		thread->status = THREAD_READY;
		execution_event(x, thread, &thread->action);
		if (thread->status == THREAD_WAITING || thread->status == THREAD_FRONTIER)
			return moved;
		moved = event = true;
		if (postponed_is_next(x, thread))
			return true;
		/* A plain access that is an event is made only when the thread runs on. */
		if (one_event && thread->pending == REF_INITIAL)
			return true;
	}
	return moved;
}

bool execution_all_done(void)
{
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (machine->thread[t].status != THREAD_DONE)
			return false;
	}
	return true;
}

void execution_init(struct execution *x)
{
	memset(x, 0, sizeof *x);
	graph_init(&x->alone, &machine->model, machine->n_threads);
}

void execution_fini(struct execution *x)
{
	graph_fini(&x->alone);
}

void execution_schedule(struct execution *x, const struct scheduler *scheduler, void *chooser)
{
	x->chooser = chooser;
	x->scheduler = scheduler;
	machine->model.revisits = scheduler->exhaustive;
}

void execution_clear(struct execution *x)
{
	graph_clear(&x->alone);
	machine->graph = &x->alone;
}

void execution_begin(struct execution *x)
{
	machine_start();
	x->n_visits = 0;
	x->forward = x->postpones = false;
	x->let_on = NO_THREAD;
	for (uint32_t t = 0; t < machine->n_threads; t++)
		clear_blocks(&x->past[t], offsetof(struct past, last));
}

void execution_conclude(struct execution *x)
{
	if (execution_all_done())
		machine_finish();
	else
		execution_check_stuck(x);
}

void execution_replay(struct execution *x)
{
	bool moved = true;

	execution_begin(x);
	while (moved && machine->end == END_NONE) {
		moved = false;
		for (uint32_t t = 0; t < machine->n_threads && machine->end == END_NONE; t++)
			moved |= execution_advance(x, &machine->thread[t], false);
	}
	for (uint32_t t = 0; t < machine->n_threads && machine->end == END_NONE; t++) {
		if (machine->thread[t].status == THREAD_WAITING)
			machine_give_up(SAID_A_GRAPH_COULD_NOT_BE);
	}
}

void execution_run(struct execution *x)
{
	execution_replay(x);
	x->forward = x->postpones = true;
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (machine->thread[t].status == THREAD_FRONTIER)
			machine->thread[t].status = THREAD_ASKING;
	}
	struct run_thread *next;
	while (machine->end == END_NONE && (next = postponed_turn(x)) != NULL)
		execution_advance(x, next, false);
	if (machine->end == END_NONE)
		execution_conclude(x);
}

void execution_misfit(struct execution *x, enum said why, ...)
{
	va_list arguments;
	char words[256];

	machine->end = END_STOP;
	if (x->misfit[0] != '\0')
		return;
	va_start(arguments, why);
	said_vwrite(words, sizeof words, why, arguments);
	va_end(arguments);
	if (x->named_at > 0)
		said_write(x->misfit, sizeof x->misfit, SAID_STEP_OF_THREAD, x->named_at, x->named_thread, words);
	else
		snprintf(x->misfit, sizeof x->misfit, "%s", words);
}

void execution_forget(struct execution *x)
{
	x->n_loops = 0;
	shapes_clear(&machine->model);
}

void execution_note_knowledge(const struct execution *x, struct knowledge *knowledge)
{
	const struct model *model = &machine->model;

	knowledge->n_promoted = model->n_promoted;
	knowledge->n_merged = model->n_merged;
	knowledge->n_loops = x->n_loops;
	memcpy(knowledge->promoted, model->promoted, sizeof model->promoted);
	memcpy(knowledge->merged, model->merged, sizeof model->merged);
	memcpy(knowledge->loop, x->loop, sizeof x->loop);
}

void execution_take_knowledge(struct execution *x, const struct knowledge *knowledge)
{
	struct model *model = &machine->model;

	locations_forget(model);
	model->n_promoted = knowledge->n_promoted;
	model->n_merged = knowledge->n_merged;
	x->n_loops = knowledge->n_loops;
	memcpy(model->promoted, knowledge->promoted, sizeof model->promoted);
	memcpy(model->merged, knowledge->merged, sizeof model->merged);
	memcpy(x->loop, knowledge->loop, sizeof x->loop);
}
