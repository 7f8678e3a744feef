/* The explore engine: one frame of the wire after another. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "bounds.h"
#include "endless.h"
#include "explore.h"
#include "fold.h"
#include "internal.h"
#include "library.h"
#include "search.h"
#include "services.h"
#include "shapes.h"
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

static struct stateful_result states; /* what the search over states says, if it ran */
static bool has_states;
static bool sc_is_clean; /* the search under sequential consistency has seen all there is */

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
	return !ex.exhausted && ex.bounds == 0 && ex.inconclusive[0] == '\0' && ex.crash[0] == '\0';
}

static bool wants(uint32_t property)
{
	return (ex.request->properties & 1u << property) != 0;
}

static void judge_parallelism(struct frame_explore_property *frame)
{
	for (uint32_t s = 0; s < TRIAL_SECTIONS_MAX; s++) {
		uint32_t want = ex.capacity[s] < ex.n_threads ? ex.capacity[s] : ex.n_threads;
		if (ex.most_inside[s] == 0 || ex.most_inside[s] >= want)
			continue;
		frame->outcome = is_complete() ? EXPLORE_FAIL : EXPLORE_INCONCLUSIVE;
		snprintf(frame->message, sizeof frame->message,
			 "no more than %u thread%s ever inside together, where %u may be", ex.most_inside[s],
			 ex.most_inside[s] == 1 ? " is" : "s are", want);
		return;
	}
}

/* Of the others the search over graphs tells, where it ran. */
static bool judged_by_states(uint32_t property)
{
	return has_states && ((ex.job->workload->flags & WORKLOAD_ENDLESS) != 0 || property == PROPERTY_PROGRESS ||
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

static bool any_entered(void)
{
	for (uint32_t s = 0; s < TRIAL_SECTIONS_MAX; s++) {
		if (ex.most_inside[s] > 0)
			return true;
	}
	return false;
}

/* Executions in which in the end all wait show who was inside together, if somebody entered, and what was done to
 * memory, as well as others do. */
static uint64_t executions_for(uint32_t property)
{
	bool shown = property == PROPERTY_DATA_RACE || property == PROPERTY_MEMORY_SAFETY ||
		     ((property == PROPERTY_MUTUAL_EXCLUSION || property == PROPERTY_CAPACITY) && any_entered());
	return ex.complete == 0 && shown ? ex.halted : ex.complete;
}

static void judge(uint32_t property, struct frame_explore_property *frame)
{
	const struct violation *violation = &ex.violation[property];

	frame->outcome = EXPLORE_PASS;
	if (violation->found) {
		take_violation(violation, frame);
		frame->context_switches = violation->switches;
		frame->only_weak = violation->weak && sc_is_clean;
	} else if (ex.crash[0] != '\0') {
		frame->outcome = EXPLORE_INCONCLUSIVE;
		frame->code = ex.crash_place;
		memcpy(frame->message, ex.crash, sizeof frame->message);
	} else if (ex.inconclusive[0] != '\0') {
		frame->outcome = EXPLORE_INCONCLUSIVE;
		frame->code = ex.crash_place;
		memcpy(frame->message, ex.inconclusive, sizeof frame->message);
	} else if (property == PROPERTY_PARALLELISM) {
		judge_parallelism(frame);
	} else if (executions_for(property) == 0 && !judged_by_states(property)) {
		endless_nothing_ended(frame, ex.cut > 0);
	}
}

/* What is told of the property, and its counterexample's steps. */
struct told {
	struct frame_explore_property frame;
	struct explore_step steps[STEPS_MAX];
};

/* The story of a violation is that of its schedule, run again: so it is what a replay shows. */
static void tell(uint32_t property, struct told *told)
{
	struct frame_explore_property *frame = &told->frame;
	const struct violation *violation = &ex.violation[property];

	if (!violation->has_schedule)
		return;
	if (!story_run(&violation->schedule) || !ex.shown[property].found) {
		/* It was executed once, and so it is true. */
		snprintf(frame->message, sizeof frame->message,
			 "%.*s (seen once, but not when the same steps were taken again: what the plugin does depends "
			 "on more than the explorer controls)",
			 (int)sizeof frame->message - 200, violation->message);
		return;
	}
	take_violation(&ex.shown[property], frame);
	frame->n_steps = story_tell(property, told->steps, STEPS_MAX);
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

static void prepare(uint32_t property, struct told *told)
{
	struct frame_explore_property *frame = &told->frame;

	memset(frame, 0, sizeof *frame);
	frame->property = property;
	frame->executions = ex.complete;
	frame->blocked = ex.blocked;
	/* What is cut short by another violation could have shown this one. */
	frame->complete = is_complete() && ex.cut == 0;
	frame->max_bypass = BYPASS_NOT_MEASURED;
	frame->threads = ex.n_threads;
	frame->rounds = ex.trial.rounds;
	frame->memory_model = ex.request->memory_model;
}

static int send_told(struct told *told)
{
	struct frame_explore_property *frame = &told->frame;
	int r;

	frame->n_steps = fold_spins(told->steps, frame->n_steps, &frame->cycle_begin, &frame->cycle_end);
	r = send_frame(ex.job->wire_fd, frame,
		       offsetof(struct frame_explore_property, schedule) + strlen(frame->schedule) + 1,
		       FRAME_EXPLORE_PROPERTY);
	return r < 0 ? r : send_steps(ex.job->wire_fd, frame->property, told->steps, frame->n_steps);
}

/* Whether threads were seen together in a section that several may be in: one execution shows it. */
static bool seen_together(void)
{
	for (uint32_t s = 0; s < TRIAL_SECTIONS_MAX; s++) {
		if (ex.most_inside[s] > 1)
			return true;
	}
	return false;
}

/* Whether all graphs have been seen, but for what other bounds than the budget cut off. */
static bool all_but_bounds(void)
{
	return !ex.exhausted && (ex.bounds & 1u << BOUND_EXECUTIONS) == 0 && ex.inconclusive[0] == '\0' &&
	       ex.crash[0] == '\0';
}

static enum coverage_kind coverage_of_graphs(uint32_t property)
{
	const uint32_t others =
	    1u << BOUND_EXECUTIONS | 1u << BOUND_STATES | 1u << BOUND_DEPTH | 1u << BOUND_ENTRIES | 1u << BOUND_ARENA;

	if (executions_for(property) == 0)
		return COVERAGE_NOTHING;
	if (!all_but_bounds())
		return ex.cut == 0 && ex.bounds_done > 0 ? COVERAGE_SWITCHES : COVERAGE_SAMPLED;
	if (ex.cut > 0)
		return COVERAGE_CUT;
	return (ex.bounds & ~others) != 0 ? COVERAGE_BOUNDED : COVERAGE_ALL;
}

/* What was looked at for the property, whatever came of it. */
static void cover(uint32_t property, struct frame_explore_property *frame)
{
	bool endless = (ex.job->workload->flags & WORKLOAD_ENDLESS) != 0;

	frame->looked_at = endless ? states.states : executions_for(property);
	frame->cut = endless ? 0 : ex.cut;
	frame->switches = ex.bounds_done > 0 ? ex.bounds_done - 1 : 0;
	frame->coverage = endless ? endless_coverage(&states, property) : coverage_of_graphs(property);
	/* Livelock is looked for among the states. */
	if (!endless && has_states && property == PROPERTY_PROGRESS && frame->coverage > COVERAGE_SAMPLED &&
	    endless_coverage(&states, property) < frame->coverage)
		frame->coverage = endless_coverage(&states, property);
	frame->waited = endless ? endless_any_waits(&states) : ex.waited;
	if (property == PROPERTY_PARALLELISM && seen_together())
		frame->coverage = COVERAGE_ALL;
	if (frame->coverage < COVERAGE_BOUNDED)
		frame->complete = 0;
}

static int report(uint32_t property)
{
	static struct told told;
	struct frame_explore_property *frame = &told.frame;

	prepare(property, &told);
	judge(property, frame);
	if (ex.violation[property].found) {
		tell(property, &told);
	} else if (has_states) {
		endless_judge(&states, property, frame);
		/* There is no weak memory there: each access is one step, and in place. */
		shapes_clear();
		if (frame->outcome == EXPLORE_FAIL && property != PROPERTY_PARALLELISM)
			frame->n_steps = stateful_tell(story_of(property), told.steps, STEPS_MAX, &frame->cycle_begin,
						       &frame->cycle_end, frame->schedule, sizeof frame->schedule);
		for (uint32_t i = 1; i < frame->n_steps; i++)
			frame->context_switches += told.steps[i].thread != told.steps[i - 1].thread;
	}
	cover(property, frame);
	return send_told(&told);
}

/* All that has been found, and what was asked for. */
static int report_all(void)
{
	int r = 0;

	for (uint32_t p = 0; p < PROPERTY_COUNT && r == 0; p++) {
		if (wants(p) || ex.violation[p].found)
			r = report(p);
	}
	return r;
}

/* What the budget did not suffice for: a part of it. */
static void search_beyond(void)
{
	strategies_reset();
	/* Those with few deviations are the ones to be told. */
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		ex.violation[p].count = ex.violation[p].tries = 0;
	search_chosen(&scheduler_bounded, BOUNDED_EXECUTIONS);
	ex.bounds_done = ex.dropped == 0 ? strategy_bounds_done() : 0;
	search_chosen(&scheduler_sites, SITES_EXECUTIONS);
	search_chosen(&scheduler_pct, PCT_EXECUTIONS);
	search_chosen(&scheduler_walk, WALK_EXECUTIONS);
}

/* Whether a property is violated also where memory is sequentially consistent. */
static void search_sc_too(void)
{
	static struct violation kept[PROPERTY_COUNT];
	uint64_t executions = ex.executions, complete = ex.complete, blocked = ex.blocked, cut = ex.cut,
		 halted = ex.halted;
	bool exhausted = ex.exhausted, any = false;
	uint32_t bounds = ex.bounds;

	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		any |= ex.violation[p].found && ex.violation[p].weak;
	if (!any || ex.sc || ex.end == END_STOP)
		return;
	memcpy(kept, ex.violation, sizeof kept);
	memset(ex.violation, 0, sizeof ex.violation);
	ex.exhausted = false;
	ex.bounds = 0;
	ex.sc = true;
	search_run();
	ex.sc = false;
	/* All executions have been seen, none of them in part. */
	sc_is_clean = ex.n_levels == 0 && ex.end != END_STOP && !ex.exhausted && ex.bounds == 0 && ex.cut == 0;
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		/* One that needs no weak memory is easier to understand. */
		if (kept[p].found && kept[p].weak && ex.violation[p].found) {
			schedule_fini(&kept[p].schedule);
			continue;
		}
		schedule_fini(&ex.violation[p].schedule);
		ex.violation[p] = kept[p];
	}
	ex.executions = executions;
	ex.complete = complete;
	ex.blocked = blocked;
	ex.cut = cut;
	ex.halted = halted;
	ex.exhausted = exhausted;
	ex.bounds = bounds;
}

/* What is told of the property by a schedule that has been run: that it shows a violation, or no more than that it
 * does not. */
static int report_shown(uint32_t property, const struct schedule *schedule)
{
	static struct told told;
	struct frame_explore_property *frame = &told.frame;

	prepare(property, &told);
	frame->complete = 0;
	frame->executions = frame->looked_at = 1;
	frame->coverage = COVERAGE_SAMPLED;
	if (ex.shown[property].found) {
		take_violation(&ex.shown[property], frame);
		frame->n_steps = story_tell(property, told.steps, STEPS_MAX);
		schedule_write(schedule, frame->schedule, sizeof frame->schedule);
		for (uint32_t i = 1; i < schedule->n_steps; i++)
			frame->context_switches += schedule->step[i].thread != schedule->step[i - 1].thread;
	} else if (ex.violation[property].found) {
		take_violation(&ex.violation[property], frame);
	}
	return send_told(&told);
}

static int report_misfit(const char *why)
{
	static struct told told;
	int r = 0;

	for (uint32_t p = 0; p < PROPERTY_COUNT && r == 0; p++) {
		if (!wants(p))
			continue;
		prepare(p, &told);
		told.frame.complete = 0;
		told.frame.outcome = EXPLORE_MISFIT;
		snprintf(told.frame.message, sizeof told.frame.message, "%s", why);
		r = send_told(&told);
	}
	return r;
}

static int replay_states(const struct schedule *schedule)
{
	shapes_clear();
	if (!stateful_follow(schedule, &states))
		return report_misfit(ex.misfit);
	has_states = true;
	ex.complete = 1;
	/* How each operation waits is more than one path shows: all states are looked at once more. */
	if (wants(PROPERTY_BUSY_WAITING)) {
		stateful_run(&states);
		stateful_take_path(schedule);
	}
	return report_all();
}

/* Runs the schedule that is asked for, and tells what it shows. */
static int replay(void)
{
	struct schedule schedule;
	size_t at;
	int r = schedule_read(&schedule, ex.request->schedule, &at);

	if (r < 0) {
		r = report_misfit("it is no schedule");
	} else if (schedule.states) {
		r = replay_states(&schedule);
	} else if (!story_run(&schedule)) {
		r = report_misfit(ex.misfit);
	} else {
		for (uint32_t p = 0; p < PROPERTY_COUNT && r == 0; p++) {
			if (wants(p) || ex.shown[p].found || ex.violation[p].found)
				r = report_shown(p, &schedule);
		}
	}
	schedule_fini(&schedule);
	return r;
}

static void begin(struct engine_job *job)
{
	memset(&ex, 0, sizeof ex);
	ex.job = job;
	ex.request = job->request;
	ex.scheduler = &scheduler_exhaustive;
	ex.n_threads = job->request->threads;
	ex.sc = job->request->memory_model == MEMORY_MODEL_SC;
	ex.processes = (job->workload->flags & WORKLOAD_PROCESSES) != 0;
	ex.spurious_allowed = (job->workload->flags & WORKLOAD_NO_SPURIOUS) == 0;
	ex.max_executions = job->request->max_executions == 0 ? EXECUTIONS_DEFAULT : job->request->max_executions;
	ex.trial = (struct trial){ .abi = WORKLOAD_ABI,
				   .threads = ex.n_threads,
				   .rounds = job->request->rounds,
				   .seed = UINT64_C(0x5eed),
				   .plugin = job->plugin,
				   .services = &services };
	library_mode = (struct library_mode){ .processes = ex.processes,
					      .spurious = ex.spurious_allowed,
					      .first = stateful_first,
					      .n_threads = ex.n_threads };
}

static void end(void)
{
	stateful_fini();
	machine_destroy();
	search_fini();
	violation_clear();
	locations_clear();
}

int explore_run(struct engine_job *job)
{
	return explore_observed(job, NULL, NULL);
}

static void explore(void)
{
	bool endless = (ex.job->workload->flags & WORKLOAD_ENDLESS) != 0;

	if (!endless) {
		search_run();
		if (ex.exhausted && ex.end != END_STOP)
			search_beyond();
		search_sc_too();
	}
	if (endless || (ex.cycles_seen && wants(PROPERTY_PROGRESS) && !ex.violation[PROPERTY_PROGRESS].found)) {
		/* There is no weak memory there: each access is one step, and in place. */
		shapes_clear();
		stateful_run(&states);
		has_states = true;
	}
}

int explore_observed(struct engine_job *job, explore_observer *observe, void *context)
{
	struct frame_plain done = { 0 };
	int r;

	begin(job);
	has_states = sc_is_clean = false;
	ex.observe = observe;
	ex.observe_context = context;
	if (ex.n_threads == 0 || ex.n_threads > THREADS_MAX)
		return -EINVAL;
	if ((r = machine_create()) < 0)
		return r;
	if ((r = machine_setup()) < 0)
		goto out;
	if (ex.init_error != 0) {
		done.value = (uint64_t)ex.init_error;
		r = send_frame(job->wire_fd, &done, sizeof done, FRAME_INIT_FAILED);
		goto done;
	}
	if (ex.end == END_NONE && ex.request->schedule[0] != '\0') {
		r = replay();
	} else {
		if (ex.end == END_NONE)
			explore();
		r = report_all();
	}
	if (r == 0)
		r = send_frame(job->wire_fd, &done, sizeof done, FRAME_TRIAL_DONE);
done:
	done.value = 0;
	if (r == 0)
		r = send_frame(job->wire_fd, &done, sizeof done, FRAME_DONE);
out:
	end();
	return r;
}

int explore_walk(struct engine_job *job, uint32_t n, struct explore_counts *counts)
{
	int r;

	begin(job);
	if (ex.n_threads == 0 || ex.n_threads > THREADS_MAX)
		return -EINVAL;
	if ((r = machine_create()) < 0)
		return r;
	if ((r = machine_setup()) == 0 && ex.end == END_NONE) {
		uint64_t before = ex.steps;
		search_chosen(&scheduler_walk, n);
		*counts = (struct explore_counts){ .executions = ex.executions, .steps = ex.steps - before };
	}
	end();
	return r;
}

const struct engine engine_explore = { .name = "explore", .id = ENGINE_EXPLORE, .run = explore_run };
