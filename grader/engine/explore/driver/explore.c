/* The explore engine: one frame of the wire after another. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "bounds.h"
#include "endless.h"
#include "explore.h"
#include "explorer.h"
#include "fold.h"
#include "library.h"
#include "search.h"
#include "stateful.h"
#include "story.h"
#include "violation.h"

#define EXECUTIONS_DEFAULT 200000u
#define STEPS_MAX 4000u
/* where the budget did not suffice for all */
#define SITES_EXECUTIONS 4000u
#define BOUNDED_EXECUTIONS 8000u
#define PCT_EXECUTIONS 8000u
#define WALK_EXECUTIONS 4000u

static int send_frame(int fd, void *frame, size_t size, uint16_t type)
{
	struct frame_header *header = frame;

	*header = (struct frame_header){
		.magic = WIRE_MAGIC, .version = WIRE_VERSION, .type = type, .length = (uint32_t)size
	};
	return send(fd, frame, size, MSG_NOSIGNAL) == (ssize_t)size ? 0 : -errno;
}

static int send_steps(int fd, uint32_t property, const struct explore_step *steps, uint32_t n)
{
	static struct frame_explore_steps frame;
	int r = 0;

	for (uint32_t i = 0; i < n && r == 0; i += EXPLORE_STEPS_MAX) {
		frame.property = property;
		frame.first = i;
		frame.n = n - i < EXPLORE_STEPS_MAX ? n - i : EXPLORE_STEPS_MAX;
		memcpy(frame.step, steps + i, frame.n * sizeof *steps);
		r = send_frame(fd, &frame, offsetof(struct frame_explore_steps, step) + frame.n * sizeof *steps,
			       FRAME_EXPLORE_STEPS);
	}
	return r;
}

/* Whether all executions have been seen, within the bounds. */
static bool is_complete(void)
{
	return !machine->bounds.exhausted && machine->bounds.reached == 0 && machine->inconclusive[0] == '\0' &&
	       machine->crash[0] == '\0';
}

static bool wants(uint32_t property)
{
	return (machine->request->properties & 1u << property) != 0;
}

static void judge_parallelism(struct explorer *e, struct frame_explore_property *frame)
{
	for (uint32_t s = 0; s < TRIAL_SECTIONS_MAX; s++) {
		uint32_t want = machine->capacity[s] < machine->n_threads ? machine->capacity[s] : machine->n_threads;
		if (e->execution.most_inside[s] == 0 || e->execution.most_inside[s] >= want)
			continue;
		frame->outcome = is_complete() ? EXPLORE_FAIL : EXPLORE_INCONCLUSIVE;
		snprintf(frame->message, sizeof frame->message,
			 "no more than %u thread%s ever inside together, where %u may be", e->execution.most_inside[s],
			 e->execution.most_inside[s] == 1 ? " is" : "s are", want);
		return;
	}
}

/* Of the others the search over graphs tells, where it ran. */
static bool judged_by_states(struct explorer *e, uint32_t property)
{
	return e->has_states &&
	       ((machine->job->workload->flags & WORKLOAD_ENDLESS) != 0 || property == PROPERTY_PROGRESS ||
		property == PROPERTY_BOUNDED_WAITING || property == PROPERTY_BUSY_WAITING);
}

static void take_violation(const struct violation *violation, struct frame_explore_property *frame)
{
	frame->outcome = EXPLORE_FAIL;
	frame->code = violation->code;
	if (violation->blame.kind != BLAME_NONE) {
		frame->blame = violation->blame.kind;
		machine_place(violation->blame.address, &frame->blamed);
		machine_site(violation->blame.pc, &frame->blamed_at);
	}
	memcpy(frame->message, violation->message, sizeof frame->message);
}

static bool any_entered(struct explorer *e)
{
	for (uint32_t s = 0; s < TRIAL_SECTIONS_MAX; s++) {
		if (e->execution.most_inside[s] > 0)
			return true;
	}
	return false;
}

/* Executions in which in the end all wait show who was inside together, if somebody entered, and what was done to
 * memory, as well as others do. */
static uint64_t executions_for(struct explorer *e, uint32_t property)
{
	bool shown = property == PROPERTY_DATA_RACE || property == PROPERTY_MEMORY_SAFETY ||
		     ((property == PROPERTY_MUTUAL_EXCLUSION || property == PROPERTY_CAPACITY) && any_entered(e));
	return e->search.complete == 0 && shown ? e->search.halted : e->search.complete;
}

static void judge(struct explorer *e, uint32_t property, struct frame_explore_property *frame)
{
	const struct violation *violation = &e->found.violation[property];

	frame->outcome = EXPLORE_PASS;
	if (violation->found) {
		take_violation(violation, frame);
		frame->context_switches = violation->switches;
		frame->only_weak = violation->weak && e->sc_is_clean;
	} else if (machine->crash[0] != '\0') {
		frame->outcome = EXPLORE_INCONCLUSIVE;
		frame->code = machine->crash_place;
		memcpy(frame->message, machine->crash, sizeof frame->message);
	} else if (machine->inconclusive[0] != '\0') {
		frame->outcome = EXPLORE_INCONCLUSIVE;
		frame->code = machine->crash_place;
		memcpy(frame->message, machine->inconclusive, sizeof frame->message);
	} else if (property == PROPERTY_PARALLELISM) {
		judge_parallelism(e, frame);
	} else if (executions_for(e, property) == 0 && !judged_by_states(e, property)) {
		endless_nothing_ended(frame, e->search.cut > 0);
	}
}

/* What is told of the property, and its counterexample's steps. */
struct told {
	struct frame_explore_property frame;
	struct explore_step steps[STEPS_MAX];
};

/* The story of a violation is that of its schedule, run again: so it is what a replay shows. */
static void tell(struct explorer *e, uint32_t property, struct told *told)
{
	struct frame_explore_property *frame = &told->frame;
	const struct violation *violation = &e->found.violation[property];

	if (!violation->has_schedule)
		return;
	if (!story_run(&e->found, &violation->schedule) || !e->found.shown[property].found) {
		/* It was executed once, and so it is true. */
		snprintf(frame->message, sizeof frame->message,
			 "%.*s (seen once, but not when the same steps were taken again: what the plugin does depends "
			 "on more than the explorer controls)",
			 (int)sizeof frame->message - 200, violation->message);
		return;
	}
	take_violation(&e->found.shown[property], frame);
	frame->n_steps = story_tell(&e->found, property, told->steps, STEPS_MAX);
	/* One that is too long to be written is not told: nobody could run it again. */
	if (schedule_write(&violation->schedule, frame->schedule, sizeof frame->schedule) < 0) {
		frame->schedule[0] = '\0';
		frame->n_steps = 0;
	}
}

static enum stateful_story story_of(uint32_t property)
{
	return property == PROPERTY_BOUNDED_WAITING ? STORY_STARVES
	       : property == PROPERTY_BUSY_WAITING  ? STORY_SPINS
						    : STORY_LIVELOCK;
}

static void prepare(struct explorer *e, uint32_t property, struct told *told)
{
	struct frame_explore_property *frame = &told->frame;

	memset(frame, 0, sizeof *frame);
	frame->property = property;
	frame->executions = e->search.complete;
	frame->blocked = e->search.blocked;
	/* What is cut short by another violation could have shown this one. */
	frame->complete = is_complete() && e->search.cut == 0;
	frame->max_bypass = -1;
	frame->threads = machine->n_threads;
	frame->rounds = machine->trial.rounds;
	frame->memory_model = machine->request->memory_model;
}

static int send_told(struct told *told)
{
	struct frame_explore_property *frame = &told->frame;
	int r;

	frame->n_steps = fold_spins(told->steps, frame->n_steps, &frame->cycle_begin, &frame->cycle_end);
	r = send_frame(machine->job->wire_fd, frame,
		       offsetof(struct frame_explore_property, schedule) + strlen(frame->schedule) + 1,
		       FRAME_EXPLORE_PROPERTY);
	return r < 0 ? r : send_steps(machine->job->wire_fd, frame->property, told->steps, frame->n_steps);
}

/* Whether threads were seen together in a section that several may be in: one execution shows it. */
static bool seen_together(struct explorer *e)
{
	for (uint32_t s = 0; s < TRIAL_SECTIONS_MAX; s++) {
		if (e->execution.most_inside[s] > 1)
			return true;
	}
	return false;
}

/* Whether all graphs have been seen, but for what other bounds than the budget cut off. */
static bool all_but_bounds(void)
{
	return !machine->bounds.exhausted && (machine->bounds.reached & 1u << BOUND_EXECUTIONS) == 0 &&
	       machine->inconclusive[0] == '\0' && machine->crash[0] == '\0';
}

static enum coverage_kind coverage_of_graphs(struct explorer *e, uint32_t property)
{
	const uint32_t others =
	    1u << BOUND_EXECUTIONS | 1u << BOUND_STATES | 1u << BOUND_DEPTH | 1u << BOUND_ENTRIES | 1u << BOUND_ARENA;

	if (executions_for(e, property) == 0)
		return COVERAGE_NOTHING;
	if (!all_but_bounds())
		return e->search.cut == 0 && e->search.bounds_done > 0 ? COVERAGE_SWITCHES : COVERAGE_SAMPLED;
	if (e->search.cut > 0)
		return COVERAGE_CUT;
	return (machine->bounds.reached & ~others) != 0 ? COVERAGE_BOUNDED : COVERAGE_ALL;
}

/* What was looked at for the property, whatever came of it. */
static void cover(struct explorer *e, uint32_t property, struct frame_explore_property *frame)
{
	bool endless = (machine->job->workload->flags & WORKLOAD_ENDLESS) != 0;

	frame->looked_at = endless ? e->states.states : executions_for(e, property);
	frame->cut = endless ? 0 : e->search.cut;
	frame->switches = e->search.bounds_done > 0 ? e->search.bounds_done - 1 : 0;
	frame->coverage = endless ? endless_coverage(&e->states, property) : coverage_of_graphs(e, property);
	/* Livelock is looked for among the states. */
	if (!endless && e->has_states && property == PROPERTY_PROGRESS && frame->coverage > COVERAGE_SAMPLED &&
	    endless_coverage(&e->states, property) < frame->coverage)
		frame->coverage = endless_coverage(&e->states, property);
	frame->waited = endless ? endless_any_waits(&e->states) : e->execution.waited;
	if (property == PROPERTY_PARALLELISM && seen_together(e))
		frame->coverage = COVERAGE_ALL;
	if (frame->coverage < COVERAGE_BOUNDED)
		frame->complete = 0;
}

static int report(struct explorer *e, uint32_t property)
{
	static struct told told;
	struct frame_explore_property *frame = &told.frame;

	prepare(e, property, &told);
	judge(e, property, frame);
	if (e->found.violation[property].found) {
		tell(e, property, &told);
	} else if (e->has_states) {
		endless_judge(&e->states, property, frame);
		/* There is no weak memory there: each access is one step, and in place. */
		execution_forget(&e->execution);
		if (frame->outcome == EXPLORE_FAIL && property != PROPERTY_PARALLELISM)
			frame->n_steps =
			    stateful_tell(e->sf, story_of(property), told.steps, STEPS_MAX, &frame->cycle_begin,
					  &frame->cycle_end, frame->schedule, sizeof frame->schedule);
		for (uint32_t i = 1; i < frame->n_steps; i++)
			frame->context_switches += told.steps[i].thread != told.steps[i - 1].thread;
	}
	cover(e, property, frame);
	return send_told(&told);
}

/* All that has been found, and what was asked for. */
static int report_all(struct explorer *e)
{
	int r = 0;

	for (uint32_t p = 0; p < PROPERTY_COUNT && r == 0; p++) {
		if (wants(p) || e->found.violation[p].found)
			r = report(e, p);
	}
	return r;
}

/* What the budget did not suffice for: a part of it. */
static void search_beyond(struct explorer *e)
{
	strategies_reset();
	/* Those with few deviations are the ones to be told. */
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		e->found.violation[p].count = e->found.violation[p].tries = 0;
	search_chosen(&e->search, &scheduler_bounded, BOUNDED_EXECUTIONS);
	e->search.bounds_done = e->search.dropped == 0 ? strategy_bounds_done() : 0;
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

/* Data of the workload that race are no events, so a schedule does not say what a thread reads of them. Where something
 * comes of that which does not show again, all is looked at once more, with these data as relaxed atomics. */
static void search_data_too(struct explorer *e)
{
	static struct violation kept[PROPERTY_COUNT];
	static struct knowledge knowledge;
	bool again[PROPERTY_COUNT], all = true;
	enum execution_end end = machine->end;

	if (!machine->data_raced || machine->end == END_STOP)
		return;
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
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		if (!kept[p].found || (!again[p] && e->found.violation[p].found)) {
			schedule_fini(&kept[p].schedule);
			continue;
		}
		schedule_fini(&e->found.violation[p].schedule);
		e->found.violation[p] = kept[p];
	}
}

/* Whether a property is violated also where memory is sequentially consistent. */
static void search_sc_too(struct explorer *e)
{
	static struct violation kept[PROPERTY_COUNT];
	uint64_t executions = e->search.executions, complete = e->search.complete, blocked = e->search.blocked,
		 cut = e->search.cut, halted = e->search.halted;
	bool exhausted = machine->bounds.exhausted, any = false;
	uint32_t bounds = machine->bounds.reached;

	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		any |= e->found.violation[p].found && e->found.violation[p].weak;
	if (!any || machine->model.sc || machine->end == END_STOP)
		return;
	memcpy(kept, e->found.violation, sizeof kept);
	memset(e->found.violation, 0, sizeof e->found.violation);
	machine->bounds.exhausted = false;
	machine->bounds.reached = 0;
	machine->model.sc = true;
	search_run(&e->search);
	machine->model.sc = false;
	/* All executions have been seen, none of them in part. */
	e->sc_is_clean = e->search.n_levels == 0 && machine->end != END_STOP && !machine->bounds.exhausted &&
			 machine->bounds.reached == 0 && e->search.cut == 0;
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		/* One that needs no weak memory is easier to understand. */
		if (kept[p].found && kept[p].weak && e->found.violation[p].found) {
			schedule_fini(&kept[p].schedule);
			continue;
		}
		schedule_fini(&e->found.violation[p].schedule);
		e->found.violation[p] = kept[p];
	}
	e->search.executions = executions;
	e->search.complete = complete;
	e->search.blocked = blocked;
	e->search.cut = cut;
	e->search.halted = halted;
	machine->bounds.exhausted = exhausted;
	machine->bounds.reached = bounds;
}

/* What is told of the property by a schedule that has been run: that it shows a violation, or no more than that it
 * does not. */
static int report_shown(struct explorer *e, uint32_t property, const struct schedule *schedule)
{
	static struct told told;
	struct frame_explore_property *frame = &told.frame;

	prepare(e, property, &told);
	frame->complete = 0;
	frame->executions = frame->looked_at = 1;
	frame->coverage = COVERAGE_SAMPLED;
	if (e->found.shown[property].found) {
		take_violation(&e->found.shown[property], frame);
		frame->n_steps = story_tell(&e->found, property, told.steps, STEPS_MAX);
		schedule_write(schedule, frame->schedule, sizeof frame->schedule);
		for (uint32_t i = 1; i < schedule->n_steps; i++)
			frame->context_switches += schedule->step[i].thread != schedule->step[i - 1].thread;
	} else if (e->found.violation[property].found) {
		take_violation(&e->found.violation[property], frame);
	}
	return send_told(&told);
}

static int report_misfit(struct explorer *e, const char *why)
{
	static struct told told;
	int r = 0;

	for (uint32_t p = 0; p < PROPERTY_COUNT && r == 0; p++) {
		if (!wants(p))
			continue;
		prepare(e, p, &told);
		told.frame.complete = 0;
		told.frame.outcome = EXPLORE_MISFIT;
		snprintf(told.frame.message, sizeof told.frame.message, "%s", why);
		r = send_told(&told);
	}
	return r;
}

static int replay_states(struct explorer *e, const struct schedule *schedule)
{
	execution_forget(&e->execution);
	if (!stateful_follow(e->sf, schedule, &e->states))
		return report_misfit(e, stateful_misfit(e->sf));
	e->has_states = true;
	e->search.complete = 1;
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
		r = report_misfit(e, "it is no schedule");
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
	machine->model.sc = request->memory_model == MEMORY_MODEL_SC;
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
	execution_schedule(&e->execution, &scheduler_exhaustive);
	e->found.x = &e->execution;
	search_init(&e->search, &e->execution, &e->found);
	e->search.max_executions = request->max_executions == 0 ? EXECUTIONS_DEFAULT : request->max_executions;
	e->sf = stateful_new();
	library_mode.first_context = e->sf;
	return e->sf == NULL ? -ENOMEM : machine_create();
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

static void explore(struct explorer *e)
{
	bool endless = (machine->job->workload->flags & WORKLOAD_ENDLESS) != 0;

	if (!endless) {
		search_all(e);
		search_data_too(e);
		search_sc_too(e);
	}
	if (endless ||
	    (e->execution.cycles_seen && wants(PROPERTY_PROGRESS) && !e->found.violation[PROPERTY_PROGRESS].found)) {
		/* There is no weak memory there: each access is one step, and in place. */
		execution_forget(&e->execution);
		stateful_run(e->sf, &e->states);
		e->has_states = true;
	}
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
		r = send_frame(fd, &done, sizeof done, FRAME_INIT_FAILED);
		goto done;
	}
	if (machine->end == END_NONE && machine->request->schedule[0] != '\0') {
		r = replay(e);
	} else {
		if (machine->end == END_NONE)
			explore(e);
		r = report_all(e);
	}
	if (r == 0)
		r = send_frame(fd, &done, sizeof done, FRAME_TRIAL_DONE);
done:
	done.value = 0;
	return r == 0 ? send_frame(fd, &done, sizeof done, FRAME_DONE) : r;
}

/* One at a time: the machine is one of a kind in its process. */
static struct explorer the_explorer;

int explore_observed(struct engine_job *job, explore_observer *observe, void *context)
{
	struct explorer *e = &the_explorer;
	int r = begin(e, job);

	machine->observe = observe;
	machine->observe_context = context;
	if (r < 0)
		return r;
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
		*counts =
		    (struct explore_counts){ .executions = e->search.executions, .steps = machine->steps - before };
	}
	end(e);
	return r;
}

const struct engine engine_explore = { .name = "explore", .id = ENGINE_EXPLORE, .run = explore_run };
