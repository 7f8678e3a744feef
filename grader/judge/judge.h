/* From evidence to verdicts. Here, and only here, is it decided whose fault something is and what a student is told. */
#ifndef JUDGE_H
#define JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "exercise.h"
#include "fault.h"
#include "result.h"
#include "run.h"

/* One run of the plan, as it came out. */
struct judge_run {
	const struct exercise_workload *workload;
	enum engine_id engine;
	const char *workload_path; /* for naming places in it */
	bool ran;                  /* `evidence` is filled */
	struct evidence evidence;
	struct fault fault;  /* if not: the machine's or the exercise's fault, or */
	const char *skipped; /* the sentence that says why it was not run, marked by N_() */
};

struct judge_input {
	const struct exercise *exercise;
	const char *plugin_path;
	bool instrumented;      /* built with -fsanitize=thread */
	bool has_variables;     /* keeps something outside of its objects, as far as is known */
	bool fences;            /* uses atomic_thread_fence, which ThreadSanitizer does not understand */
	const char *rebuild;    /* the command that builds the plugin so that it can be judged */
	uint32_t engines;       /* bit 1 << engine: those that took part; checks of none of them are left out */
	bool replays;           /* one given execution: how much was looked at does not matter */
	const char *only_check; /* id: judge nothing else; NULL: all */
	size_t n_runs;
	const struct judge_run *runs;
	bool explorer_lies; /* asked about a workload that is wrong, it found nothing: no word of it counts */
};

/* Adds to `result` a check result for each check of the exercise, findings, and what the plugin printed; concludes it.
 */
void judge(const struct judge_input *input, struct result *result);

#endif
