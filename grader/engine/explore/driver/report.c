#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "bounds.h"
#include "endless.h"
#include "fold.h"
#include "story.h"

#define STORY_STEPS_MAX 4000u /* that are told */

int report_send(int fd, void *frame, size_t size, uint16_t type)
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
		r = report_send(fd, &frame, offsetof(struct frame_explore_steps, step) + frame.n * sizeof *steps,
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

static void judge_parallelism(struct explorer *e, struct frame_explore_property *frame)
{
	for (uint32_t s = 0; s < TRIAL_SECTIONS_MAX; s++) {
		uint32_t want = machine->capacity[s] < machine->n_threads ? machine->capacity[s] : machine->n_threads;
		if (e->execution.most_inside[s] == 0 || e->execution.most_inside[s] >= want)
			continue;
		frame->outcome = is_complete() ? EXPLORE_FAIL : EXPLORE_INCONCLUSIVE;
		said_write(frame->message, sizeof frame->message,
			   e->execution.most_inside[s] == 1 ? SAID_NO_MORE_THAN_THREAD_IS
							    : SAID_NO_MORE_THAN_THREADS_ARE,
			   e->execution.most_inside[s], want);
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
	return e->search.count.complete == 0 && shown ? e->search.count.halted : e->search.count.complete;
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
		endless_nothing_ended(frame, e->search.count.cut > 0);
	}
}

/* What is told of the property, and its counterexample's steps. */
struct told {
	struct frame_explore_property frame;
	struct explore_step steps[FOLD_STEPS_MAX];
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
		said_write(frame->message, sizeof frame->message, SAID_SEEN_ONCE, violation->message);
		return;
	}
	take_violation(&e->found.shown[property], frame);
	frame->n_steps = story_tell(&e->found, property, told->steps, FOLD_STEPS_MAX);
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
	frame->executions = e->search.count.complete;
	frame->blocked = e->search.count.blocked;
	/* What is cut short by another violation could have shown this one. */
	frame->complete = is_complete() && e->search.count.cut == 0;
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
	frame->n_steps = fold_cut(told->steps, frame->n_steps, STORY_STEPS_MAX, &frame->cycle_begin, &frame->cycle_end);
	r = report_send(machine->job->wire_fd, frame,
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
	return !machine->bounds.exhausted &&
	       (machine->bounds.reached & (1u << BOUND_EXECUTIONS | 1u << BOUND_VIOLATIONS)) == 0 &&
	       machine->inconclusive[0] == '\0' && machine->crash[0] == '\0';
}

static enum coverage_kind coverage_of_graphs(struct explorer *e, uint32_t property)
{
	const uint32_t others =
	    1u << BOUND_EXECUTIONS | 1u << BOUND_STATES | 1u << BOUND_DEPTH | 1u << BOUND_ENTRIES | 1u << BOUND_ARENA;

	if (executions_for(e, property) == 0)
		return COVERAGE_NOTHING;
	if (!all_but_bounds())
		return e->search.count.cut == 0 && e->search.bounds_done > 0 ? COVERAGE_SWITCHES : COVERAGE_SAMPLED;
	if (e->search.count.cut > 0)
		return COVERAGE_CUT;
	return (machine->bounds.reached & ~others) != 0 ? COVERAGE_BOUNDED : COVERAGE_ALL;
}

/* What was looked at for the property, whatever came of it. */
static void cover(struct explorer *e, uint32_t property, struct frame_explore_property *frame)
{
	bool endless = (machine->job->workload->flags & WORKLOAD_ENDLESS) != 0;

	frame->looked_at = endless ? e->states.states : executions_for(e, property);
	frame->length = endless || e->search.count.complete == 0
			    ? 0
			    : (uint32_t)(e->search.count.events / e->search.count.complete);
	frame->cut = endless ? 0 : e->search.count.cut;
	frame->surprises = endless ? e->states.surprises : e->search.surprises;
	frame->switches = e->search.bounds_done > 0 ? e->search.bounds_done - 1 : 0;
	frame->coverage = endless ? endless_coverage(&e->states, property) : coverage_of_graphs(e, property);
	/* Livelock is looked for among the states. */
	if (!endless && e->has_states && property == PROPERTY_PROGRESS && frame->coverage > COVERAGE_SAMPLED &&
	    endless_coverage(&e->states, property) < frame->coverage)
		frame->coverage = endless_coverage(&e->states, property);
	frame->bounds = endless ? e->states.bounds : machine->bounds.reached;
	if (!endless && e->has_states && property == PROPERTY_PROGRESS)
		frame->bounds |= e->states.bounds;
	frame->waited = endless ? endless_any_waits(&e->states) : e->execution.waited;
	if (property == PROPERTY_PARALLELISM && seen_together(e)) {
		frame->coverage = COVERAGE_ALL;
		frame->surprises = SURPRISES_LIKE_ALL;
	}
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
			    stateful_tell(e->sf, story_of(property), told.steps, FOLD_STEPS_MAX, &frame->cycle_begin,
					  &frame->cycle_end, frame->schedule, sizeof frame->schedule);
		for (uint32_t i = 1; i < frame->n_steps; i++)
			frame->context_switches += told.steps[i].thread != told.steps[i - 1].thread;
	}
	cover(e, property, frame);
	return send_told(&told);
}

/* All that has been found, and what was asked for. */
int report_all(struct explorer *e)
{
	int r = 0;

	for (uint32_t p = 0; p < PROPERTY_COUNT && r == 0; p++) {
		if (wants(p) || e->found.violation[p].found)
			r = report(e, p);
	}
	return r;
}

/* What is told of the property by a schedule that has been run: that it shows a violation, or no more than that it
 * does not. */
int report_shown(struct explorer *e, uint32_t property, const struct schedule *schedule)
{
	static struct told told;
	struct frame_explore_property *frame = &told.frame;

	prepare(e, property, &told);
	frame->complete = 0;
	frame->executions = frame->looked_at = 1;
	frame->coverage = COVERAGE_SAMPLED;
	if (e->found.shown[property].found) {
		take_violation(&e->found.shown[property], frame);
		frame->n_steps = story_tell(&e->found, property, told.steps, FOLD_STEPS_MAX);
		schedule_write(schedule, frame->schedule, sizeof frame->schedule);
		for (uint32_t i = 1; i < schedule->n_steps; i++)
			frame->context_switches += schedule->step[i].thread != schedule->step[i - 1].thread;
	} else if (e->found.violation[property].found) {
		take_violation(&e->found.violation[property], frame);
	}
	return send_told(&told);
}

int report_misfit(struct explorer *e, const char *why)
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
