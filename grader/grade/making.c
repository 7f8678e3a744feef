#include "making.h"

#include <stdlib.h>
#include <string.h>

#include "schedule_text.h"
#include "text.h"
#include "translate.h"

static const char *why_not(const struct plan_subject *subject, enum engine_id engine)
{
	if (engine == ENGINE_EXPLORE && !subject->facts->instrumented)
		return N_(
		    "The plugin was not built with -fsanitize=thread, so that its steps cannot be explored. Rebuild "
		    "it, or hand "
		    "in the .c file.");
	return NULL;
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

static struct run_plan plan_of(struct making *making, const struct site *site, const struct grade_options *options,
			       const struct plan_subject *subject, uint32_t properties)
{
	const struct judge_run *run = making->run;
	const char *schedule = options->schedule;
	if (schedule != NULL && schedule_workload(schedule) > 0)
		schedule += schedule_workload(schedule) + 1;
	making->debugger = (struct run_debugger){ .script = site->debugger, .sources = options->debug_sources };
	return (struct run_plan){
		.exercise = subject->exercise,
		.workload = run->workload,
		.engine = run->engine,
		.plugin_path = subject->plugin_path,
		.workload_path = run->workload_path,
		.folder = subject->folder,
		.threads = thread_count(subject, run->workload, &run->workload->size[run->engine]),
		.properties = properties,
		.reads_thread_pointer = subject->facts->reads_thread_pointer,
		.memory_model = options->memory_model,
		.schedule = schedule,
		.debugger = options->debug_sources != NULL ? &making->debugger : NULL,
	};
}

char *making_name(const struct judge_run *run)
{
	return xasprintf("%s under %s", run->workload->name, engine_name(run->engine));
}

bool making_begin(struct making *making, const struct site *site, const struct grade_options *options,
		  const struct plan_subject *subject, struct judge_run *run, uint32_t properties)
{
	*making = (struct making){ .run = run };
	run->skipped = why_not(subject, run->engine);
	if (run->skipped != NULL)
		return false;
	if (run->workload_path == NULL)
		run->workload_path = site_workload(site, subject->exercise, run->workload, &run->fault);
	if (run->workload_path == NULL)
		return false;
	if (options->progress != NULL) {
		char *step = xasprintf(_("%s under %s"), run->workload->name, engine_name(run->engine));
		options->progress(options->progress_context, step);
		free(step);
	}
	making->tools = (struct run_tools){
		.sandbox = site->sandbox,
		.libraries = site->libraries,
		.worker = site->worker,
		.worker_tsan = site->worker_tsan,
		.referee = site->referee,
	};
	making->plan = plan_of(making, site, options, subject, properties);
	making->running = run_begin(&making->tools, &making->plan, &run->evidence, &run->fault);
	return true;
}

void making_step(struct making *making, size_t n)
{
	struct running **running = xcalloc(n, sizeof(struct running *));
	size_t n_running = 0;
	for (size_t i = 0; i < n; i++) {
		if (making[i].running != NULL)
			running[n_running++] = making[i].running;
	}
	run_wait(running, n_running);
	free(running);
	for (size_t i = 0; i < n; i++) {
		if (making[i].running == NULL || run_step(making[i].running))
			continue;
		making[i].run->ran = run_end(making[i].running) == 0;
		making[i].running = NULL;
	}
}

void making_run(const struct site *site, const struct grade_options *options, const struct plan_subject *subject,
		struct judge_run *run, uint32_t properties)
{
	struct making making;
	making_begin(&making, site, options, subject, run, properties);
	while (making.running != NULL)
		making_step(&making, 1);
}
