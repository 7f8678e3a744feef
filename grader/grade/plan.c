#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "making.h"
#include "schedule_text.h"
#include "translate.h"

#ifndef SYNCGRADE_EXPLORE
#define SYNCGRADE_EXPLORE 0
#endif

/* explore first: it is the quickest to find something, and what it says is the same every time. */
static const enum engine_id engine_order[] = { ENGINE_EXPLORE, ENGINE_NATIVE, ENGINE_TSAN };

/* A workload that ends by itself, unlike starvation's, which only the explorer runs. */
static bool has_threads(const struct exercise_workload *workload)
{
	return workload->size[ENGINE_TSAN].threads != 0 || workload->size[ENGINE_NATIVE].threads != 0;
}

/* Whether a schedule says that it is this workload's. */
static bool is_named(const struct exercise_workload *workload, const char *schedule)
{
	size_t length = schedule_workload(schedule);
	return strlen(workload->name) == length && strncmp(workload->name, schedule, length) == 0;
}

/* Whether the check asks for this workload besides its own, of the explorer. */
static bool asks_also(const struct exercise_check *check, const struct exercise_workload *workload,
		      enum engine_id engine)
{
	for (size_t i = 0; i < check->n_also; i++) {
		if (check->also[i] == workload && engine == ENGINE_EXPLORE)
			return true;
	}
	return false;
}

/* Whether some check of the exercise looks at this workload under this engine. Data races and memory errors are watched
 * in every workload that ends. The set of properties that are wanted goes to *properties. */
static bool wanted(const struct exercise *exercise, const struct grade_options *options,
		   const struct exercise_workload *workload, enum engine_id engine, uint32_t *properties)
{
	const char *only_check = options->only_check;
	*properties = 0;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (only_check != NULL && strcmp(only_check, check->id) != 0)
			continue;
		bool watched = check->property == PROPERTY_DATA_RACE || check->property == PROPERTY_MEMORY_SAFETY;
		bool everywhere = watched && has_threads(workload) && only_check == NULL;
		bool own = check->workload == workload || asks_also(check, workload, engine);
		if (options->schedule != NULL && schedule_workload(options->schedule) > 0)
			own = is_named(workload, options->schedule);
		if ((check->engines & 1u << engine) != 0 && (own || everywhere))
			*properties |= 1u << check->property;
	}
	return workload->size[engine].threads != 0 && *properties != 0;
}

/* Whether some check that is worth so many points asks for it. */
static bool is_checked(const struct exercise *exercise, uint32_t property, unsigned points)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		if (exercise->checks[i].property == property && exercise->checks[i].points >= points)
			return true;
	}
	return false;
}

/* What is wrong, rather than slow or unfair: real threads may come across it in any workload, or not. */
static bool is_an_error(uint32_t property)
{
	return property != PROPERTY_BUSY_WAITING && property != PROPERTY_BOUNDED_WAITING &&
	       property != PROPERTY_PARALLELISM;
}

/* Whether the explorer looks at all that is asked of a workload. */
static bool is_explored(const struct exercise *exercise, const struct exercise_workload *workload)
{
	if (workload->size[ENGINE_EXPLORE].threads == 0)
		return false;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (check->workload == workload && (check->engines & 1u << ENGINE_EXPLORE) == 0)
			return false;
	}
	return true;
}

/* Whether what is wrong in a workload costs points. Where it does not, the plugin may be right for all that it is
 * graded for: as one that cannot be used between processes. */
static bool has_points(const struct exercise *exercise, const struct exercise_workload *workload)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if ((check->workload == workload || asks_also(check, workload, ENGINE_EXPLORE)) && check->points > 0)
			return true;
	}
	return false;
}

/* Why real threads need not run a workload after this run: they would only show what comes of a fault that is known,
 * with luck. That goes for the same workload of other sizes, and, where something is wrong that counts, for all that
 * the explorer looks at. */
static const char *why_not_after(const struct exercise *exercise, const struct judge_run *run,
				 const struct exercise_workload *workload)
{
	const struct evidence *evidence = &run->evidence;
	bool same = strcmp(run->workload->object, workload->object) == 0;

	/* What sleeps where the explorer does not see it may well wake up. */
	if (same && run->engine != ENGINE_EXPLORE &&
	    (evidence->end == RUN_HANG_ASLEEP || evidence->end == RUN_HANG_AWAKE))
		return N_("Not run: it hangs under another engine already.");
	for (size_t k = 0; k < evidence->n_explored; k++) {
		const struct frame_explore_property *said = &evidence->explored[k].said;
		if (said->outcome != EXPLORE_FAIL)
			continue;
		/* How it waits is measured all the more; and what no check asks for is no reason not to look on. */
		if (same && said->property != PROPERTY_BUSY_WAITING && is_checked(exercise, said->property, 0))
			return N_("Not run: the explorer has found a fault with this workload already.");
		if (is_an_error(said->property) && is_checked(exercise, said->property, 1) &&
		    has_points(exercise, run->workload) && is_explored(exercise, workload))
			return N_("Not run: the explorer has found a fault already.");
	}
	return NULL;
}

static const char *why_not_again(const struct exercise *exercise, const struct judge_run *runs, size_t n,
				 const struct exercise_workload *workload)
{
	const char *why = NULL;
	for (size_t i = 0; i < n && why == NULL; i++) {
		if (runs[i].ran)
			why = why_not_after(exercise, &runs[i], workload);
	}
	return why;
}

static bool explorer_fails(const struct judge_run *runs, size_t n, const struct exercise_check *check)
{
	for (size_t i = 0; i < n; i++) {
		const struct evidence *evidence = &runs[i].evidence;
		for (size_t k = 0; runs[i].workload == check->workload && runs[i].ran && k < evidence->n_explored;
		     k++) {
			const struct frame_explore_property *said = &evidence->explored[k].said;
			if (said->outcome == EXPLORE_FAIL && said->property == (uint32_t)check->property)
				return true;
		}
	}
	return false;
}

/* Whether the check builds on one that the explorer has found to fail, by way of others too. */
static bool is_founded_on_sand(const struct exercise *exercise, const struct judge_run *runs, size_t n,
			       const struct exercise_check *check)
{
	for (size_t i = 0; i < check->n_requires; i++) {
		const struct exercise_check *other = &exercise->checks[check->requires[i]];
		if (explorer_fails(runs, n, other) || is_founded_on_sand(exercise, runs, n, other))
			return true;
	}
	return false;
}

/* Whether none of the workload's own checks would count. */
static bool would_not_count(const struct exercise *exercise, const struct judge_run *runs, size_t n,
			    const struct exercise_workload *workload)
{
	bool any = false;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (check->workload != workload || check->points == 0)
			continue;
		if (!is_founded_on_sand(exercise, runs, n, check))
			return false;
		any = true;
	}
	return any;
}

/* Whether the workload is there for the checks of others alone. */
static bool is_asked_also(const struct exercise *exercise, const struct exercise_workload *workload)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		if (exercise->checks[i].workload == workload)
			return false;
	}
	return true;
}

/* Whether the explorer is asked to look at the workload besides others alone, and those who ask know enough already:
 * they fail, or would not count. */
static bool need_not_look_also(const struct exercise *exercise, const struct judge_run *runs, size_t n,
			       const struct exercise_workload *workload)
{
	bool any = false;
	if (!is_asked_also(exercise, workload))
		return false;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (!asks_also(check, workload, ENGINE_EXPLORE))
			continue;
		if (!explorer_fails(runs, n, check) && !is_founded_on_sand(exercise, runs, n, check))
			return false;
		any = true;
	}
	return any;
}

enum planned_state { PLANNED, BEGUN, LEFT_OUT };

/* A run that is wanted, in the order in which it is decided whether it is made: by those before it alone, whichever of
 * them are over first. */
struct planned {
	enum planned_state state;
	uint32_t properties;
};

struct plan {
	const struct site *site;
	const struct grade_options *options;
	const struct plan_subject *subject;
	size_t n; /* of each of: */
	struct judge_run *runs;
	struct planned *planned;
	struct making *making;
};

static void list_wanted(struct plan *plan)
{
	const struct exercise *exercise = plan->subject->exercise;
	uint32_t engines = plan->options->engines != 0 ? plan->options->engines : ~0u;
	size_t most = exercise->n_workloads * ENGINE_COUNT;
	plan->runs = xcalloc(most, sizeof(*plan->runs));
	plan->planned = xcalloc(most, sizeof(*plan->planned));
	plan->making = xcalloc(most, sizeof(*plan->making));
	for (size_t e = 0; e < sizeof(engine_order) / sizeof(engine_order[0]); e++) {
		for (size_t w = 0; w < exercise->n_workloads; w++) {
			uint32_t properties;
			enum engine_id engine = engine_order[e];
			if (engine == ENGINE_EXPLORE && !SYNCGRADE_EXPLORE)
				continue;
			if ((engines & 1u << engine) == 0 ||
			    !wanted(exercise, plan->options, &exercise->workloads[w], engine, &properties))
				continue;
			plan->planned[plan->n] = (struct planned){ .state = PLANNED, .properties = properties };
			plan->runs[plan->n].workload = &exercise->workloads[w];
			plan->runs[plan->n++].engine = engine;
		}
	}
}

static bool is_over(const struct plan *plan, size_t i)
{
	return plan->planned[i].state == LEFT_OUT ||
	       (plan->planned[i].state == BEGUN && plan->making[i].running == NULL);
}

/* Whether what run j shows may decide if run i, a later one, is made. */
static bool depends_on(const struct plan *plan, size_t i, size_t j)
{
	const struct judge_run *run = &plan->runs[i], *before = &plan->runs[j];
	if (run->engine == ENGINE_EXPLORE)
		return is_asked_also(plan->subject->exercise, run->workload);
	return before->engine == ENGINE_EXPLORE || strcmp(run->workload->object, before->workload->object) == 0;
}

static bool can_be_decided(const struct plan *plan, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (!is_over(plan, j) && depends_on(plan, i, j))
			return false;
	}
	return true;
}

/* Begins a run, or says why it is not made. */
static void decide(struct plan *plan, size_t i)
{
	const struct exercise *exercise = plan->subject->exercise;
	struct judge_run *run = &plan->runs[i];
	if (run->engine == ENGINE_EXPLORE && need_not_look_also(exercise, plan->runs, i, run->workload)) {
		plan->planned[i].state = LEFT_OUT;
		return;
	}
	/* The explorer looks at each size: what fails at one says nothing of a check of another. */
	if (run->engine != ENGINE_EXPLORE) {
		run->skipped = why_not_again(exercise, plan->runs, i, run->workload);
		if (run->skipped == NULL && would_not_count(exercise, plan->runs, i, run->workload))
			run->skipped = N_("Not run: it would not count, since what it builds on fails.");
	}
	plan->planned[i].state = BEGUN;
	if (run->skipped == NULL)
		making_begin(&plan->making[i], plan->site, plan->options, plan->subject, run,
			     plan->planned[i].properties);
}

/* Begins as many as may be made side by side. False: nothing is left to be waited for. */
static bool begin_runs(struct plan *plan)
{
	unsigned jobs = plan->options->jobs != 0 ? plan->options->jobs : 1, running = 0;
	for (size_t i = 0; i < plan->n; i++)
		running += plan->making[i].running != NULL;
	for (size_t i = 0; i < plan->n && running < jobs; i++) {
		if (plan->planned[i].state != PLANNED || !can_be_decided(plan, i))
			continue;
		decide(plan, i);
		running += plan->making[i].running != NULL;
	}
	return running > 0;
}

/* Those that were not even looked at are not in the list. */
static size_t drop_left_out(struct plan *plan)
{
	size_t n = 0;
	for (size_t i = 0; i < plan->n; i++) {
		if (plan->planned[i].state != LEFT_OUT)
			plan->runs[n++] = plan->runs[i];
	}
	return n;
}

struct judge_run *plan_run(const struct site *site, const struct grade_options *options,
			   const struct plan_subject *subject, size_t *n)
{
	struct plan plan = { .site = site, .options = options, .subject = subject };
	list_wanted(&plan);
	while (begin_runs(&plan))
		making_step(plan.making, plan.n);
	*n = drop_left_out(&plan);
	free(plan.planned);
	free(plan.making);
	return plan.runs;
}

void plan_free(struct judge_run *runs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		evidence_free(&runs[i].evidence);
		fault_free(&runs[i].fault);
		free((char *)runs[i].workload_path);
	}
	free(runs);
}
