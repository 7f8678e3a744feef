#include "plan.h"
#include "debugger.h"

#include <stdlib.h>
#include <string.h>

#include "schedule_text.h"
#include "text.h"
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

static const char *why_not(const struct plan_subject *subject, enum engine_id engine)
{
	if (engine == ENGINE_EXPLORE && !subject->facts->instrumented)
		return N_(
		    "The plugin was not built with -fsanitize=thread, so that its steps cannot be explored. Rebuild "
		    "it, or hand "
		    "in the .c file.");
	return NULL;
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

/* Why real threads need not run a workload after this run: they would only show what comes of a fault that is known,
 * with luck. That goes for the same workload of other sizes, and, where something is wrong, for all that the explorer
 * looks at. */
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
		    is_explored(exercise, workload))
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

/* Whether the explorer is asked to look at the workload besides others alone, and those who ask know enough already:
 * they fail, or would not count. */
static bool need_not_look_also(const struct exercise *exercise, const struct judge_run *runs, size_t n,
			       const struct exercise_workload *workload)
{
	bool any = false;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (check->workload == workload)
			return false;
		if (!asks_also(check, workload, ENGINE_EXPLORE))
			continue;
		if (!explorer_fails(runs, n, check) && !is_founded_on_sand(exercise, runs, n, check))
			return false;
		any = true;
	}
	return any;
}

/* FNV-1a (Fowler, Noll, Vo). */
static uint32_t hash(uint32_t h, const char *text)
{
	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * UINT32_C(16777619);
	return h;
}

/* Sizes differ from submission to submission, so that no size is the one that all have to be right for; and from
 * workload to workload; but the same file is treated the same everywhere. */
static uint32_t draw_threads(const struct plan_subject *subject, const struct exercise_workload *workload,
			     const struct run_size *size)
{
	static const uint32_t sizes[] = { 2, 3, 5, 8, 16, 32 };
	uint32_t from[sizeof(sizes) / sizeof(sizes[0])], n = 0;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		if (sizes[i] >= size->threads && sizes[i] <= size->threads_most)
			from[n++] = sizes[i];
	}
	if (n == 0 || subject->sha256 == NULL)
		return size->threads;
	uint32_t drawn = hash(hash(UINT32_C(2166136261), subject->sha256), workload->name);
	return from[(drawn >> 16) % n];
}

static uint32_t thread_count(const struct plan_subject *subject, const struct exercise_workload *workload,
			     const struct run_size *size)
{
	uint32_t served = subject->facts->descriptor.threads_max;
	uint32_t threads = draw_threads(subject, workload, size);
	return served != 0 && served < threads ? served : threads;
}

void plan_make_run(const struct site *site, const struct grade_options *options, const struct plan_subject *subject,
		   struct judge_run *run, uint32_t properties)
{
	const struct run_tools tools = {
		.sandbox = site->sandbox,
		.libraries = site->libraries,
		.worker = site->worker,
		.worker_tsan = site->worker_tsan,
		.referee = site->referee,
	};
	run->skipped = why_not(subject, run->engine);
	if (run->skipped != NULL)
		return;
	if (run->workload_path == NULL)
		run->workload_path = site_workload(site, subject->exercise, run->workload, &run->fault);
	if (run->workload_path == NULL)
		return;
	if (options->progress != NULL) {
		char *step = xasprintf("%s under %s", run->workload->name, engine_name(run->engine));
		options->progress(options->progress_context, step);
		free(step);
	}
	const struct run_debugger debugger = { .script = site->debugger, .sources = options->debug_sources };
	const char *schedule = options->schedule;
	if (schedule != NULL && schedule_workload(schedule) > 0)
		schedule += schedule_workload(schedule) + 1;
	struct run_plan plan = {
		.exercise = subject->exercise,
		.workload = run->workload,
		.engine = run->engine,
		.plugin_path = subject->plugin_path,
		.workload_path = run->workload_path,
		.folder = subject->folder,
		.threads = thread_count(subject, run->workload, &run->workload->size[run->engine]),
		.properties = properties,
		.memory_model = options->memory_model,
		.schedule = schedule,
		.debugger = options->debug_sources != NULL ? &debugger : NULL,
	};
	run->ran = run_worker(&tools, &plan, &run->evidence, &run->fault) == 0;
}

struct judge_run *plan_run(const struct site *site, const struct grade_options *options,
			   const struct plan_subject *subject, size_t *n)
{
	const struct exercise *exercise = subject->exercise;
	struct judge_run *runs = xcalloc(exercise->n_workloads * ENGINE_COUNT, sizeof(*runs));
	uint32_t engines = options->engines != 0 ? options->engines : ~0u;
	*n = 0;
	for (size_t e = 0; e < sizeof(engine_order) / sizeof(engine_order[0]); e++) {
		for (size_t w = 0; w < exercise->n_workloads; w++) {
			uint32_t properties;
			enum engine_id engine = engine_order[e];
			if (engine == ENGINE_EXPLORE && !SYNCGRADE_EXPLORE)
				continue;
			if ((engines & 1u << engine) == 0 ||
			    !wanted(exercise, options, &exercise->workloads[w], engine, &properties))
				continue;
			if (engine == ENGINE_EXPLORE && need_not_look_also(exercise, runs, *n, &exercise->workloads[w]))
				continue;
			struct judge_run *run = &runs[(*n)++];
			run->workload = &exercise->workloads[w];
			run->engine = engine;
			/* The explorer looks at each size: what fails at one says nothing of a check of another. */
			if (engine != ENGINE_EXPLORE) {
				run->skipped = why_not_again(exercise, runs, *n - 1, run->workload);
				if (run->skipped == NULL && would_not_count(exercise, runs, *n - 1, run->workload))
					run->skipped =
					    N_("Not run: it would not count, since what it builds on fails.");
			}
			if (run->skipped == NULL)
				plan_make_run(site, options, subject, run, properties);
		}
	}
	return runs;
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
