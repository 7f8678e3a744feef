#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "aside.h"
#include "calls.h"
#include "debug.h"
#include "fold.h"
#include "replay.h"
#include "trace.h"
#include "violation.h"

struct telling {
	struct findings *found;
	const struct violation *violation;
	const struct graph *graph;
	struct explore_step *steps;
	uint32_t n, most;
	uint32_t told[THREADS_MAX]; /* events */
	uint32_t next[THREADS_MAX]; /* of each thread's marks, which come in order, the first that may be told */
	int32_t *told_mo;           /* per location: newest position told */
};

static struct explore_step *add_step(struct telling *telling, uint32_t thread, enum explore_step_kind kind)
{
	uint32_t none = 0, never = 0;

	/* What is in the middle gives way: the story ends at the violation. */
	if (telling->n == telling->most)
		telling->n = fold_cut(telling->steps, telling->n, telling->most / 2, &none, &never);
	struct explore_step *step = &telling->steps[telling->n++];

	*step = (struct explore_step){ .thread = thread, .kind = (uint16_t)kind, .order = -1, .repeat = 1 };
	return step;
}

/* A race's accesses are told by themselves, and what comes after them is not. */
static bool is_of_race(const struct telling *telling, const struct told_mark *mark)
{
	return telling->violation->n_places > 0 && mark->at >= telling->graph->thread[mark->thread].n;
}

static void tell_mark(struct telling *telling, uint32_t i)
{
	const struct told_mark *mark = &telling->found->trace.mark[i];

	/* What comes before a step that is told is told, whatever the violation needs. */
	if (mark->at >= telling->graph->thread[mark->thread].n &&
	    mark->ordinal > telling->violation->marks[mark->thread])
		return;
	if ((mark->event == TOLD_ACCESS || mark->event == TOLD_FREE) && (!mark->told || is_of_race(telling, mark)))
		return;
	struct explore_step *step = add_step(telling, mark->thread, STEP_HAPPENS);

	*step = mark->step;
	step->thread = mark->thread;
	step->order = -1;
	step->repeat = 1;
}

/* Marks of thread t made after `at` events: those that end something (that it wakes for no reason, too: from then on
 * nobody can wake it) come with the event before, the rest with the next; accesses, and what frees, with what they
 * follow. */
static void tell_marks(struct telling *telling, uint32_t t, uint32_t at, bool endings)
{
	const struct told_mark *mark = telling->found->trace.mark;
	uint32_t n = telling->found->trace.n, i = telling->next[t];
	bool ended = true;

	while (i < n && (mark[i].thread != t || mark[i].at < at))
		i++;
	telling->next[t] = i;
	for (; i < n && (mark[i].thread != t || mark[i].at == at); i++) {
		if (mark[i].thread != t)
			continue;
		uint32_t event = mark[i].event;
		bool ending = event == TRIAL_RETURN || event == TRIAL_ENTER || event == TRIAL_ENTER_SHARED ||
			      event == MARK_HAPPENS;
		ended = ended && (ending || event == TOLD_ACCESS || event == TOLD_FREE) && at > 0;
		if (ended == endings)
			tell_mark(telling, i);
	}
}

static enum explore_step_kind kind_of(const struct event *event)
{
	return (event->flags & EVENT_FENCE) != 0 ? STEP_FENCE
						 : machine_step_kind(&event->rule, (event->flags & EVENT_WRITES) != 0);
}

static void tell_event(struct telling *telling, ref r)
{
	const struct event *event = graph_event(telling->graph, r);
	struct explore_step *step;

	if ((event->flags & (EVENT_LIBRARY | EVENT_CHOICE)) != 0)
		return; /* the call of the library has been told */
	step = add_step(telling, REF_THREAD(r), kind_of(event));
	step->order = (event->flags & EVENT_PLAIN) != 0 ? -1 : event->rule.order;
	machine_site(event->pc, &step->place);
	if ((event->flags & EVENT_FENCE) != 0)
		return;
	step->size = event->rule.part != 0 ? event->rule.part : event->rule.size;
	machine_place(location_at(&machine->model, event->location)->address + event->rule.shift / 8, &step->address);
	if ((event->flags & EVENT_READS) != 0) {
		step->value = rule_value(&event->rule, event->read_value);
		step->flags |= STEP_HAS_VALUE;
		machine_value(step->value, step->size, &step->value_at);
	}
	if ((event->flags & EVENT_WRITES) != 0) {
		step->stored = rule_value(&event->rule, event->write_value);
		step->flags |= STEP_HAS_STORED;
		machine_value(step->stored, step->size, &step->stored_at);
	}
	const struct refs *writes = &telling->graph->location[event->location].writes;
	int32_t newest = telling->told_mo[event->location];
	if ((event->flags & EVENT_READS) != 0 && graph_mo(telling->graph, event->from) < newest) {
		const struct event *w = graph_event(telling->graph, writes->ref[newest]);
		if (rule_value(&event->rule, w->write_value) != step->value) {
			step->flags |= STEP_STALE;
			step->newest = rule_value(&event->rule, w->write_value);
			step->newest_thread = REF_THREAD(writes->ref[newest]);
			machine_value(step->newest, step->size, &step->newest_at);
		}
	}
	if ((event->flags & EVENT_WRITES) != 0 && event->mo > newest)
		telling->told_mo[event->location] = event->mo;
}

static void tell_races(struct telling *telling)
{
	for (unsigned i = telling->violation->n_places; i-- > 0;) {
		const struct race_place *place = &telling->violation->place[i];
		struct explore_step *step;
		if (place->event)
			continue; /* is among the steps */
		step = add_step(telling, place->thread, place->write ? STEP_PLAIN_WRITE : STEP_PLAIN_READ);
		step->size = (uint16_t)place->size;
		step->flags = STEP_CULPRIT;
		machine_site(place->pc, &step->place);
		machine_place(place->address, &step->address);
	}
}

/* Who has what the thread waits for: a mutex and the like say so. */
static void tell_holder(const struct telling *telling, uint32_t t, struct explore_step *step)
{
	const struct graph_thread *events = &telling->graph->thread[t];
	const struct event *event = &events->event[events->n - 1];

	if (events->n == 0 || event->rule.rule != RULE_AWAIT_EXCHANGE || event->rule.operand != t + 1 ||
	    event->read_value == 0 || event->read_value > machine->n_threads)
		return;
	step->flags |= STEP_HELD;
	step->newest_thread = (uint32_t)event->read_value - 1;
}

static void tell_wait(struct telling *telling, uint32_t t)
{
	const struct run_thread *thread = &machine->thread[t];
	struct explore_step *step = add_step(telling, t, STEP_WAITS);

	step->flags = STEP_CULPRIT;
	if (thread->status == THREAD_ASKING) {
		/* It waited in a loop; the story ends before they would look once more. */
		machine_place(thread->action.pc, &step->place);
	} else if (thread->reason == BLOCK_LIBRARY && thread->library_call != NULL) {
		machine_tell_call(thread, step);
		step->kind = STEP_WAITS;
		tell_holder(telling, t, step);
	} else if (thread->reason != BLOCK_LIBRARY) {
		uint32_t begin = past_of(telling->found->x, thread)->spin_begin;
		machine_site(telling->graph->thread[t].event[begin].pc, &step->place);
	}
}

/* First who is done, then who waits for ever; not who waits, in the workload, for these. */
static void tell_ends(struct telling *telling)
{
	uint32_t waiting = 0, at_gates = 0;

	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (machine->thread[t].status == THREAD_DONE)
			add_step(telling, t, STEP_FINISHED);
	}
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		const struct run_thread *thread = &machine->thread[t];
		if (thread->status == THREAD_BLOCKED && execution_gate(thread) >= 0) {
			at_gates++;
		} else if (thread->status == THREAD_BLOCKED || thread->status == THREAD_ASKING) {
			tell_wait(telling, t);
			waiting++;
		}
	}
	/* All wait in the workload: for what the last step did not bring. */
	if (waiting == 0 && at_gates > 0 && telling->n > 0)
		telling->steps[telling->n - 1].flags |= STEP_CULPRIT;
}

/* What a thread does after its last step: where all went on, or where the violation shows. */
static void tell_rest(struct telling *telling, const struct schedule *schedule)
{
	for (uint32_t i = 0; i < schedule->n_last; i++)
		tell_marks(telling, schedule->last[i], telling->told[schedule->last[i]], false);
	for (uint32_t t = 0; t < machine->n_threads && schedule->n_last == 0; t++)
		tell_marks(telling, t, telling->told[t], false);
}

uint32_t story_tell(struct findings *found, uint32_t property, struct explore_step *steps, uint32_t most)
{
	const struct violation *violation = &found->shown[property];
	const struct schedule *schedule = found->trace.schedule;
	struct telling telling = {
		.found = found, .violation = violation, .graph = machine->graph, .steps = steps, .most = most
	};

	trace_choose(found, violation);
	telling.told_mo = alloc((machine->graph->n_locations + 1) * sizeof *telling.told_mo);
	memset(telling.told_mo, 0xff, (machine->graph->n_locations + 1) * sizeof *telling.told_mo);
	for (uint32_t i = 0; i < schedule->n_steps; i++) {
		uint32_t t = schedule->step[i].thread;
		if (telling.told[t] >= machine->graph->thread[t].n)
			break; /* it ended before */
		tell_marks(&telling, t, telling.told[t], false);
		tell_event(&telling, REF(t, telling.told[t]));
		telling.told[t]++;
		tell_marks(&telling, t, telling.told[t], true);
	}
	tell_rest(&telling, schedule);
	tell_races(&telling);
	if (violation->n_places == 0 && violation->at_thread < 0)
		tell_ends(&telling);
	else if (violation->n_places == 0 && telling.n > 0)
		telling.steps[telling.n - 1].flags |= STEP_CULPRIT;
	free(telling.told_mo);
	return telling.n;
}

bool story_run(struct findings *found, const struct schedule *schedule)
{
	static struct aside aside;
	bool data_too = machine->data_too;

	aside_begin(&aside, found->x);
	/* Which data are atomics the schedule says itself: it may be of the search that took none for such. */
	machine->data_too = false;
	violations_free(found->shown, PROPERTY_COUNT);
	trace_clear(found);
	found->trace.schedule = schedule;
	machine->tracing = true;
	machine->listener = &trace_listener;
	machine->listener_context = found;
	if (machine->request->debugged)
		syncgrade_replay_begins();
	bool fits = replay_run(found->x, schedule) && machine->inconclusive[0] == '\0';
	if (machine->request->debugged)
		syncgrade_replay_ends();
	machine->tracing = false;
	machine->listener = NULL;
	machine->data_too = data_too;
	if (found->x->misfit[0] == '\0' && !fits)
		memcpy(found->x->misfit, machine->inconclusive, sizeof found->x->misfit);
	aside_end(&aside, found->x);
	return fits;
}
