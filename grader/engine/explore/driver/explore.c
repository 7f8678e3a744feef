/* The explore engine: one frame of the wire after another. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "bounds.h"
#include "consistency.h"
#include "explore.h"
#include "explorer.h"
#include "library.h"
#include "report.h"
#include "search.h"
#include "shorten.h"
#include "stateful.h"
#include "story.h"
#include "violation.h"

#define EXECUTIONS_DEFAULT 200000u
/* where the budget did not suffice for all */
#define SITES_EXECUTIONS 4000u
#define BOUNDED_EXECUTIONS 8000u
#define PCT_EXECUTIONS 8000u
#define WALK_EXECUTIONS 4000u

/* What the budget did not suffice for: a part of it. */
static void search_beyond(struct explorer *e)
{
	strategies_reset(&e->strategies);
	/* Those with few deviations are the ones to be told. */
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		e->found.violation[p].count = e->found.violation[p].tries = 0;
	search_chosen(&e->search, &scheduler_bounded, BOUNDED_EXECUTIONS);
	e->search.bounds_done = e->search.dropped == 0 ? strategy_bounds_done(&e->strategies) : 0;
	search_chosen(&e->search, &scheduler_sites, SITES_EXECUTIONS);
	search_chosen(&e->search, &scheduler_pct, PCT_EXECUTIONS);
	search_chosen(&e->search, &scheduler_walk, WALK_EXECUTIONS);
}

static void search_all(struct explorer *e)
{
	search_run(&e->search);
	if (machine->bounds.exhausted && machine->end != END_STOP)
		search_beyond(e);
}

static bool shows_again(struct explorer *e, uint32_t property)
{
	const struct violation *violation = &e->found.violation[property];

	return !violation->has_schedule ||
	       (story_run(&e->found, &violation->schedule) && e->found.shown[property].found);
}

/* What was found before another search stands, but for what that has replaced. */
static void take_back(struct explorer *e, struct violation *kept, const bool *replaced)
{
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		if (replaced[p]) {
			schedule_fini(&kept[p].schedule);
			continue;
		}
		schedule_fini(&e->found.violation[p].schedule);
		e->found.violation[p] = kept[p];
	}
}

/* Data of the workload that race are no events, so a schedule does not say what a thread reads of them. Where something
 * comes of that which does not show again, or a thread that is run again reads something else and goes another way, all
 * is looked at once more, with these data as relaxed atomics. */
static void search_data_too(struct explorer *e)
{
	static struct violation kept[PROPERTY_COUNT];
	static struct knowledge knowledge;
	bool again[PROPERTY_COUNT], replaced[PROPERTY_COUNT], all = machine->end != END_STOP;

	if (!machine->data_raced)
		return;
	enum execution_end end = all ? machine->end : END_NONE;
	machine->inconclusive[0] = '\0';
	execution_note_knowledge(&e->execution, &knowledge);
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		again[p] = shows_again(e, p);
		all = all && again[p];
	}
	execution_take_knowledge(&e->execution, &knowledge);
	machine->end = end;
	if (all)
		return;
	memcpy(kept, e->found.violation, sizeof kept);
	memset(e->found.violation, 0, sizeof e->found.violation);
	machine->bounds = (struct bounds){ 0 };
	machine->data_too = true;
	search_all(e);
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		replaced[p] = !kept[p].found || (!again[p] && e->found.violation[p].found);
	take_back(e, kept, replaced);
}

/* Whether a property is violated also where memory is sequentially consistent. */
static void search_sc_too(struct explorer *e)
{
	static struct violation kept[PROPERTY_COUNT];
	const struct search_counts count = e->search.count;
	const struct bounds bounds = machine->bounds;
	bool replaced[PROPERTY_COUNT], any = false;
	enum surprises_seen surprises = e->search.surprises;

	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		any |= e->found.violation[p].found && e->found.violation[p].weak;
	if (!any || machine->model.memory == &memory_sc || machine->end == END_STOP)
		return;
	memcpy(kept, e->found.violation, sizeof kept);
	memset(e->found.violation, 0, sizeof e->found.violation);
	machine->bounds = (struct bounds){ 0 };
	machine->model.memory = &memory_sc;
	search_run(&e->search);
	machine->model.memory = &memory_c11;
	/* All executions have been seen, none of them in part. */
	e->sc_is_clean = e->search.n_levels == 0 && machine->end != END_STOP && !machine->bounds.exhausted &&
			 machine->bounds.reached == 0 && e->search.count.cut == 0 &&
			 e->search.surprises == SURPRISES_LIKE_ALL;
	/* One that needs no weak memory is easier to understand. */
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		replaced[p] = kept[p].found && kept[p].weak && e->found.violation[p].found;
	take_back(e, kept, replaced);
	e->search.count = count;
	e->search.surprises = surprises;
	machine->bounds = bounds;
}

/* Where all executions that there are were compared, the best of them is known. */
static void search_shorter(struct explorer *e)
{
	const struct search_counts *count = &e->search.count;
	bool all = !machine->bounds.exhausted && count->cut == 0 && machine->end != END_STOP &&
		   (machine->bounds.reached & 1u << BOUND_VIOLATIONS) == 0;

	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		if (!all || violation_all_counted(&e->found.violation[p]))
			shorten(&e->found, p);
	}
}

static int replay_states(struct explorer *e, const struct schedule *schedule)
{
	execution_forget(&e->execution);
	if (!stateful_follow(e->sf, schedule, &e->states))
		return report_misfit(e, stateful_misfit(e->sf));
	e->has_states = true;
	e->search.count.complete = 1;
	/* How each operation waits is more than one path shows: all states are looked at once more. */
	if (wants(PROPERTY_BUSY_WAITING)) {
		stateful_run(e->sf, &e->states);
		stateful_take_path(e->sf, schedule);
	}
	return report_all(e);
}

/* Runs the schedule that is asked for, and tells what it shows. */
static int replay(struct explorer *e)
{
	struct schedule schedule;
	size_t at;
	int r = schedule_read(&schedule, machine->request->schedule, &at);

	if (r < 0) {
		r = report_misfit(e, said_only(SAID_IT_IS_NO_SCHEDULE));
	} else if (schedule.states) {
		r = replay_states(e, &schedule);
	} else if (!story_run(&e->found, &schedule)) {
		r = report_misfit(e, e->execution.misfit);
	} else {
		for (uint32_t p = 0; p < PROPERTY_COUNT && r == 0; p++) {
			if (wants(p) || e->found.shown[p].found || e->found.violation[p].found)
				r = report_shown(e, p, &schedule);
		}
	}
	schedule_fini(&schedule);
	return r;
}

/* 0 or a negative errno value. */
static int begin(struct explorer *e, struct engine_job *job)
{
	const struct frame_run *request = job->request;
	bool processes = (job->workload->flags & WORKLOAD_PROCESSES) != 0;

	memset(e, 0, sizeof *e);
	machine = &e->machine;
	*machine = (struct machine){ .job = job,
				     .request = request,
				     .n_threads = request->threads,
				     .processes = processes,
				     .user = &execution_marks,
				     .user_context = &e->execution,
				     .sink = &findings_noted,
				     .sink_context = &e->found };
	machine->model.memory = request->memory_model == MEMORY_MODEL_SC ? &memory_sc : &memory_c11;
	machine->model.first_process = processes ? machine->n_threads : 0;
	machine->model.bounds = &machine->bounds;
	machine->trial = (struct trial){ .abi = WORKLOAD_ABI,
					 .threads = machine->n_threads,
					 .rounds = request->rounds,
					 .seed = UINT64_C(0x5eed),
					 .plugin = job->plugin,
					 .services = execution_marks.services };
	library_mode = (struct library_mode){ .processes = processes,
					      .spurious = (job->workload->flags & WORKLOAD_NO_SPURIOUS) == 0,
					      .first = stateful_first,
					      .n_threads = machine->n_threads };
	if (machine->n_threads == 0 || machine->n_threads > THREADS_MAX)
		return -EINVAL;
	execution_init(&e->execution);
	execution_schedule(&e->execution, &scheduler_exhaustive, NULL);
	e->found.x = &e->execution;
	strategies_reset(&e->strategies);
	search_init(&e->search, &e->execution, &e->found, &e->strategies);
	e->search.max_executions = request->max_executions == 0 ? EXECUTIONS_DEFAULT : request->max_executions;
	e->sf = stateful_new();
	library_mode.first_context = e->sf;
	return machine_create();
}

static void end(struct explorer *e)
{
	stateful_free(e->sf);
	machine_destroy();
	search_fini(&e->search);
	execution_fini(&e->execution);
	violation_clear(&e->found);
}

int explore_run(struct engine_job *job)
{
	return explore_observed(job, NULL, NULL);
}

static void explore_guarded(struct explorer *e)
{
	bool endless = (machine->job->workload->flags & WORKLOAD_ENDLESS) != 0;

	if (!endless) {
		search_all(e);
		search_data_too(e);
		search_sc_too(e);
		search_shorter(e);
	}
	if (endless ||
	    (e->execution.cycles_seen && wants(PROPERTY_PROGRESS) && !e->found.violation[PROPERTY_PROGRESS].found)) {
		/* There is no weak memory there: each access is one step, and in place. */
		execution_forget(&e->execution);
		stateful_run(e->sf, &e->states);
		e->has_states = true;
	}
}

/* Where memory does not suffice, what has been found is told, and of the rest that it is not known. */
static void explore(struct explorer *e)
{
	jmp_buf out;

	alloc_guard(&out);
	if (setjmp(out) == 0) {
		explore_guarded(e);
	} else {
		search_fini(&e->search);
		machine->sink = &findings_noted;
		machine->sink_context = &e->found;
		machine_give_up(SAID_NO_MEMORY);
	}
	alloc_guard(NULL);
}

static int report_guarded(struct explorer *e, int (*tells)(struct explorer *e))
{
	jmp_buf out;

	alloc_guard(&out);
	int r = setjmp(out) == 0 ? tells(e) : -ENOMEM;
	alloc_guard(NULL);
	return r;
}

/* One run; `e` has been begun. */
static int run(struct explorer *e)
{
	struct frame_plain done = { 0 };
	int fd = machine->job->wire_fd, r = machine_setup();

	if (r < 0)
		return r;
	if (machine->init_error != 0) {
		done.value = (uint64_t)machine->init_error;
		r = report_send(fd, &done, sizeof done, FRAME_INIT_FAILED);
		goto done;
	}
	if (machine->end == END_NONE && machine->request->schedule[0] != '\0') {
		r = report_guarded(e, replay);
	} else {
		if (machine->end == END_NONE)
			explore(e);
		r = report_guarded(e, report_all);
	}
	if (r == 0)
		r = report_send(fd, &done, sizeof done, FRAME_TRIAL_DONE);
done:
	done.value = 0;
	return r == 0 ? report_send(fd, &done, sizeof done, FRAME_DONE) : r;
}

/* One at a time: the machine is one of a kind in its process. */
static struct explorer the_explorer;

int explore_surprises(struct engine_job *job, uint32_t most, explore_observer *observe, void *context)
{
	struct explorer *e = &the_explorer;
	int r = begin(e, job);

	e->search.most_surprises = most;
	machine->observe = observe;
	machine->observe_context = context;
	if (r < 0)
		return r;
	r = run(e);
	end(e);
	return r;
}

int explore_observed(struct engine_job *job, explore_observer *observe, void *context)
{
	return explore_surprises(job, SURPRISES_ANY, observe, context);
}

int explore_step_by_step(struct engine_job *job)
{
	struct explorer *e = &the_explorer;
	int r = begin(e, job);

	if (r < 0)
		return r;
	stateful_step_by_step(e->sf);
	r = run(e);
	end(e);
	return r;
}

int explore_walk(struct engine_job *job, uint32_t n, struct explore_counts *counts)
{
	struct explorer *e = &the_explorer;
	int r = begin(e, job);

	if (r < 0)
		return r;
	if ((r = machine_setup()) == 0 && machine->end == END_NONE) {
		uint64_t before = machine->steps;
		search_chosen(&e->search, &scheduler_walk, n);
		*counts = (struct explore_counts){ .executions = e->search.count.executions,
						   .steps = machine->steps - before };
	}
	end(e);
	return r;
}

const struct engine engine_explore = { .name = "explore", .id = ENGINE_EXPLORE, .run = explore_run };
