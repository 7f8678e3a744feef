#include "replay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "loops.h"
#include "schedule.h"
#include "shape_names.h"
#include "waiting.h"

/* ---- making one ---- */

/* For each location, how far in modification order the steps before have come; -1: none has written it. */
static int32_t *nothing_told(const struct graph *graph)
{
	int32_t *told = alloc((graph->n_locations + 1) * sizeof *told);

	for (uint32_t l = 0; l < graph->n_locations; l++)
		told[l] = -1;
	return told;
}

static void name_event(struct schedule_step *step, enum schedule_how how, ref r)
{
	step->how = (uint8_t)how;
	step->other_thread = r == REF_INITIAL ? SCHEDULE_INITIAL : (uint8_t)REF_THREAD(r);
	step->number = r == REF_INITIAL ? 0 : REF_INDEX(r);
}

static struct schedule_step step_of(const struct graph *graph, ref r, int32_t *told, const uint32_t *position)
{
	const struct event *event = graph_event(graph, r);
	struct schedule_step step = { .thread = (uint8_t)REF_THREAD(r) };

	if ((event->flags & EVENT_RUNOUT) != 0) {
		step.how = event->read_value != 0 ? SCHEDULE_LEAVES : SCHEDULE_WAITS;
		step.number = event->choices;
		step.taken_back = event->read_value == 0 && event->write_value != 0;
		return step;
	}
	if ((event->flags & EVENT_CHOICE) != 0 && event->read_value != 0) {
		step.how = SCHEDULE_TAKES;
		step.number = (uint32_t)event->read_value;
	}
	if ((event->flags & (EVENT_CHOICE | EVENT_FENCE)) != 0)
		return step;
	const struct refs *writes = &graph->location[event->location].writes;
	int32_t *newest = &told[event->location];
	step.taken_back = (event->flags & EVENT_DEMOTED) != 0;
	if ((event->flags & EVENT_READS) != 0) {
		if (graph_mo(graph, event->from) != *newest)
			name_event(&step, SCHEDULE_READS, event->from);
	} else if ((event->flags & EVENT_WRITES) != 0 && event->mo < *newest) {
		uint32_t i = (uint32_t)event->mo + 1;
		while (REF_INDEX(writes->ref[i]) >= position[REF_THREAD(writes->ref[i])])
			i++;
		name_event(&step, SCHEDULE_BEFORE, writes->ref[i]);
	}
	if ((event->flags & EVENT_WRITES) != 0 && event->mo > *newest)
		*newest = event->mo;
	return step;
}

int replay_make(struct schedule *schedule, const struct graph *graph, const ref *order, uint32_t n)
{
	int32_t *told = nothing_told(graph);
	uint32_t position[THREADS_MAX] = { 0 };
	int r = 0;

	*schedule = (struct schedule){ 0 };
	for (uint32_t i = 0; i < n && r == 0; i++) {
		r = schedule_add(schedule, step_of(graph, order[i], told, position));
		position[REF_THREAD(order[i])]++;
	}
	schedule->repeats = schedule->n_steps;
	free(told);
	return r == 0 ? shapes_write(schedule) : r;
}

int replay_add_wait(struct schedule *schedule, uint32_t thread, uint32_t steps)
{
	int r = schedule_add(
	    schedule, (struct schedule_step){ .thread = (uint8_t)thread, .how = SCHEDULE_WAITS, .number = steps });

	schedule->repeats = schedule->n_steps;
	return r;
}

/* ---- running it ---- */

/* Where one is. */
struct place {
	const struct schedule *schedule;
	uint32_t at;    /* the step that is being taken */
	bool under_way; /* it has been begun */
	uint32_t events;
};

/* The step that is being taken is this one. */
static void take(struct execution *x, uint32_t at)
{
	struct place *now = x->chooser;
	now->at = at;
	machine->to_come = at + 1 < now->schedule->n_steps;
	x->named_at = at < now->schedule->n_steps ? at + 1 : 0;
	x->named_thread = x->named_at > 0 ? now->schedule->step[at].thread : 0;
}

static const struct schedule_step *named(struct execution *x)
{
	const struct place *now = x->chooser;
	static const struct schedule_step nothing;

	/* Once all steps have been taken, threads go on to their next, and no further. */
	return now->at < now->schedule->n_steps ? &now->schedule->step[now->at] : &nothing;
}

/* The step before has been taken if its thread has one event more. */
static bool has_been_taken(struct execution *x)
{
	struct place *now = x->chooser;
	uint32_t t = now->schedule->step[now->at].thread;

	if (machine->graph->thread[t].n == now->events)
		execution_misfit(x, machine->thread[t].status == THREAD_DONE ? SAID_THE_THREAD_HAS_ENDED_BEFORE
									     : SAID_THE_THREAD_WAITS_AND_CANNOT);
	return machine->end == END_NONE;
}

static uint32_t next_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	struct place *now = x->chooser;
	(void)last;
	if (now->under_way) {
		if (!has_been_taken(x))
			return NO_THREAD;
		take(x, now->at + 1);
	}
	now->under_way = now->at < now->schedule->n_steps;
	if (!now->under_way)
		return NO_THREAD;
	uint32_t t = now->schedule->step[now->at].thread;
	for (uint32_t i = 0; i < n; i++) {
		if (can[i] == t) {
			now->events = machine->graph->thread[t].n;
			return t;
		}
	}
	execution_misfit(x, t >= machine->n_threads                    ? SAID_THERE_IS_NO_SUCH_THREAD
			    : machine->thread[t].status == THREAD_DONE ? SAID_THE_THREAD_HAS_ENDED_BEFORE
								       : SAID_THE_THREAD_WAITS_AND_CANNOT);
	return NO_THREAD;
}

/* The thread runs until it asks for its next event. Is that in vain: a read in a loop that waits? */
static void go_on(struct execution *x, uint32_t t)
{
	struct run_thread *thread = &machine->thread[t];

	x->forward = false;
	execution_advance(x, thread, false);
	if (machine->end != END_NONE || thread->status != THREAD_FRONTIER)
		return;
	if (rule_reads(&thread->action.rule) && thread->action.kind == ACTION_ACCESS &&
	    (!thread->action.rule.library || await_may_be_polled(&thread->action)))
		await_find(x, thread, machine_state(thread), thread->action.rule.library);
}

static bool all_still(void)
{
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (machine->thread[t].status != THREAD_DONE && machine->thread[t].status != THREAD_BLOCKED)
			return false;
	}
	return true;
}

/* All steps have been taken. */
static bool go_on_to_the_end(struct execution *x)
{
	struct place *now = x->chooser;
	const struct schedule *schedule = now->schedule;

	/* Everybody was still before the last step: it has not been looked at. */
	if (now->under_way && !has_been_taken(x))
		return false;
	if (now->under_way)
		take(x, now->at + 1);
	if (now->under_way && now->at < schedule->n_steps) {
		execution_misfit(x, SAID_THE_THREAD_WAITS_AND_CANNOT);
		return false;
	}
	for (uint32_t i = 0; i < schedule->n_last && machine->end == END_NONE; i++) {
		if (schedule->last[i] >= machine->n_threads)
			execution_misfit(x, SAID_THERE_IS_NO_THREAD, schedule->last[i]);
		else
			go_on(x, schedule->last[i]);
	}
	for (uint32_t t = 0; t < machine->n_threads && machine->end == END_NONE && schedule->n_last == 0; t++)
		go_on(x, t);
	for (uint32_t t = 0; t < machine->n_threads && machine->end == END_NONE && schedule->n_last == 0; t++)
		loops_settle(x, &machine->thread[t]);
	return schedule->n_last == 0 && machine->end == END_NONE && all_still();
}

static uint32_t as_expected(void *chooser, enum alternative_kind kind, uint32_t n)
{
	(void)chooser;
	(void)kind;
	(void)n;
	return 0;
}

const struct scheduler scheduler_replay = {
	.name = "replay",
	.thread = next_thread,
	.alternative = as_expected,
	.named = named,
	.end = go_on_to_the_end,
};

bool replay_run(struct execution *x, const struct schedule *schedule)
{
	struct place now = { .schedule = schedule };

	execution_schedule(x, &scheduler_replay, &now);
	take(x, 0);
	x->misfit[0] = '\0';
	x->n_loops = 0;
	int r = shapes_read(schedule);
	if (r == -EINVAL)
		said_write(x->misfit, sizeof x->misfit, SAID_IT_NAMES_MEMORY_THAT_IS);
	else if (r < 0)
		said_write(x->misfit, sizeof x->misfit, SAID_IT_NAMES_MORE_MEMORY_THAN);
	if (r == 0)
		schedule_execute(x, &scheduler_replay, &now);
	/* Where it ends before, that is by what it shows, or not at all. */
	if (r == 0 && now.at < schedule->n_steps && (machine->end == END_PRUNED || machine->end == END_DOOMED))
		execution_misfit(x, SAID_THERE_ARE_NO_MORE_STEPS);
	machine->to_come = false;
	x->named_at = 0;
	execution_schedule(x, &scheduler_exhaustive, NULL);
	return x->misfit[0] == '\0';
}
