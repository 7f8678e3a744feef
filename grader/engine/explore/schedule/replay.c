#include "replay.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "execution.h"
#include "loops.h"
#include "places.h"
#include "schedule.h"
#include "search.h"
#include "shapes.h"
#include "waiting.h"

/* ---- making one ---- */

/* For each location, how far in modification order the steps before have come; -1: none has written it. */
static int32_t *nothing_told(const struct graph *graph)
{
	int32_t *told = malloc((graph->n_locations + 1) * sizeof *told);

	for (uint32_t l = 0; told != NULL && l < graph->n_locations; l++)
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
	int r = told == NULL ? -ENOMEM : 0;

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

static struct {
	const struct schedule *schedule;
	uint32_t at;    /* the step that is being taken */
	bool under_way; /* it has been begun */
	uint32_t events;
} now;

void replay_misfit(const char *format, ...)
{
	va_list arguments;
	size_t used = 0;

	ex.end = END_STOP;
	if (ex.misfit[0] != '\0')
		return;
	if (now.at < now.schedule->n_steps)
		used = (size_t)snprintf(ex.misfit, sizeof ex.misfit, "step %u, of thread %u: ", now.at + 1,
					now.schedule->step[now.at].thread);
	va_start(arguments, format);
	vsnprintf(ex.misfit + used, sizeof ex.misfit - used, format, arguments);
	va_end(arguments);
}

static const struct schedule_step *named(void)
{
	static const struct schedule_step nothing;

	/* Once all steps have been taken, threads go on to their next, and no further. */
	return now.at < now.schedule->n_steps ? &now.schedule->step[now.at] : &nothing;
}

bool replay_goes_on(void)
{
	return now.at + 1 < now.schedule->n_steps;
}

/* The step before has been taken if its thread has one event more. */
static bool has_been_taken(void)
{
	uint32_t t = now.schedule->step[now.at].thread;

	if (ex.graph->thread[t].n == now.events)
		replay_misfit(ex.thread[t].status == THREAD_DONE ? "the thread has ended before"
								 : "the thread waits, and cannot take it");
	return ex.end == END_NONE;
}

static uint32_t next_thread(const uint32_t *can, uint32_t n, uint32_t last)
{
	(void)last;
	if (now.under_way) {
		if (!has_been_taken())
			return NO_THREAD;
		now.at++;
	}
	now.under_way = now.at < now.schedule->n_steps;
	if (!now.under_way)
		return NO_THREAD;
	uint32_t t = now.schedule->step[now.at].thread;
	for (uint32_t i = 0; i < n; i++) {
		if (can[i] == t) {
			now.events = ex.graph->thread[t].n;
			return t;
		}
	}
	replay_misfit(t >= ex.n_threads                    ? "there is no such thread"
		      : ex.thread[t].status == THREAD_DONE ? "the thread has ended before"
							   : "the thread waits, and cannot take it");
	return NO_THREAD;
}

/* The thread runs until it asks for its next event. Is that in vain: a read in a loop that waits? */
static void go_on(uint32_t t)
{
	struct run_thread *thread = &ex.thread[t];

	ex.forward = false;
	execution_advance(thread, false);
	if (ex.end != END_NONE || thread->status != THREAD_FRONTIER)
		return;
	if (rule_reads(&thread->action.rule) && thread->action.kind == ACTION_ACCESS &&
	    (!thread->action.rule.library || await_may_be_polled(&thread->action)))
		await_find(thread, search_state(thread), thread->action.rule.library);
}

static bool all_still(void)
{
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		if (ex.thread[t].status != THREAD_DONE && ex.thread[t].status != THREAD_BLOCKED)
			return false;
	}
	return true;
}

/* All steps have been taken. */
static bool go_on_to_the_end(void)
{
	const struct schedule *schedule = now.schedule;

	/* Everybody was still before the last step: it has not been looked at. */
	if (now.under_way && !has_been_taken())
		return false;
	if (now.under_way && ++now.at < schedule->n_steps) {
		replay_misfit("the thread waits, and cannot take it");
		return false;
	}
	for (uint32_t i = 0; i < schedule->n_last && ex.end == END_NONE; i++) {
		if (schedule->last[i] >= ex.n_threads)
			replay_misfit("there is no thread %u", schedule->last[i]);
		else
			go_on(schedule->last[i]);
	}
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE && schedule->n_last == 0; t++)
		go_on(t);
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE && schedule->n_last == 0; t++)
		loops_settle(&ex.thread[t]);
	return schedule->n_last == 0 && ex.end == END_NONE && all_still();
}

static uint32_t as_expected(enum alternative_kind kind, uint32_t n)
{
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

bool replay_run(const struct schedule *schedule)
{
	now.schedule = schedule;
	now.at = 0;
	now.under_way = false;
	ex.misfit[0] = '\0';
	int r = shapes_read(schedule);
	if (r == -EINVAL)
		snprintf(ex.misfit, sizeof ex.misfit, "it names memory that is not there");
	else if (r < 0)
		snprintf(ex.misfit, sizeof ex.misfit, "it names more memory than the explorer follows");
	if (r == 0)
		schedule_execute(&scheduler_replay);
	/* Where it ends before, that is by what it shows, or not at all. */
	if (r == 0 && now.at < schedule->n_steps && (ex.end == END_PRUNED || ex.end == END_DOOMED))
		replay_misfit("there are no more steps that the explorer follows");
	ex.scheduler = &scheduler_exhaustive;
	return ex.misfit[0] == '\0';
}

/* ---- what the steps say ---- */

bool replay_read(ref r, const struct schedule_step *step, ref *from)
{
	const struct graph *graph = ex.graph;
	const struct event *event = graph_event(graph, r);
	const struct refs *writes = &graph->location[event->location].writes;

	*from = writes->n == 0 ? REF_INITIAL : writes->ref[writes->n - 1];
	if (step->how != SCHEDULE_NEWEST && step->how != SCHEDULE_READS) {
		replay_misfit("it reads, where the schedule says something else");
		return false;
	}
	if (step->how == SCHEDULE_READS && step->other_thread == SCHEDULE_INITIAL) {
		*from = REF_INITIAL;
	} else if (step->how == SCHEDULE_READS) {
		*from = REF(step->other_thread, step->number);
		if (step->other_thread >= ex.n_threads || step->number >= graph->thread[step->other_thread].n ||
		    (graph_event(graph, *from)->flags & EVENT_WRITES) == 0 ||
		    graph_event(graph, *from)->location != event->location) {
			replay_misfit("step %u of thread %u has not written what it reads", step->number + 1,
				      step->other_thread);
			return false;
		}
	}
	if (!places_may_read(r, *from, step->taken_back)) {
		replay_misfit("the memory model does not let it read that");
		return false;
	}
	return true;
}

bool replay_write(ref w, const struct schedule_step *step, const int32_t *place, uint32_t n, uint32_t *which)
{
	const struct event *event = graph_event(ex.graph, w);
	const struct refs *writes = &ex.graph->location[event->location].writes;

	*which = 0;
	if ((event->flags & EVENT_READS) != 0)
		return true; /* just after what it reads: there is but one place */
	if (step->how == SCHEDULE_NEWEST)
		return true;
	for (uint32_t k = 0; k < n && step->how == SCHEDULE_BEFORE; k++) {
		if (place[k] < (int32_t)writes->n && writes->ref[place[k]] == REF(step->other_thread, step->number)) {
			*which = k;
			return true;
		}
	}
	replay_misfit(step->how == SCHEDULE_BEFORE ? "the memory model does not let it write there"
						   : "it writes, where the schedule says something else");
	return false;
}

bool replay_choice(const struct schedule_step *step, uint32_t choices, uint64_t *which)
{
	*which = step->how == SCHEDULE_TAKES ? step->number : 0;
	if ((step->how == SCHEDULE_NEWEST && !step->taken_back) || (step->how == SCHEDULE_TAKES && *which < choices))
		return true;
	replay_misfit("there is no such alternative");
	return false;
}
