#include "grade.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "challenge.h"
#include "clock.h"
#include "compile.h"
#include "compiler.h"
#include "content.h"
#include "inspect.h"
#include "intake.h"
#include "judge.h"
#include "making.h"
#include "manifest.h"
#include "plan.h"
#include "remarks.h"
#include "sandbox.h"
#include "text.h"
#include "toolchain.h"
#include "translate.h"

/* One submission on its way. */
struct grading {
	const struct site *site;
	const struct grade_options *options;
	struct result *result;
	struct fault *fault;
	struct exercise exercise;
	bool exercise_known;
	struct intake intake;
	struct compile_result compiled;
	struct inspect_facts facts;
	char *phase; /* what is being done */
	uint64_t phase_begin_us;
};

/* Ends the phase that began with the last call, and tells the user of the next. NULL: there is none. */
static void tell(struct grading *grading, const char *step)
{
	uint64_t now_us = monotonic_us();
	if (grading->phase != NULL)
		result_add_phase(grading->result, grading->phase, now_us - grading->phase_begin_us);
	text_replace(&grading->phase, step != NULL ? xstrdup(step) : NULL);
	grading->phase_begin_us = now_us;
	if (step == NULL)
		return;
	if (grading->options->progress != NULL)
		grading->options->progress(grading->options->progress_context, _(step));
}

/* The private copy, for reports that show it. A result without it is complete, so nothing is said if it fails. */
static void take_source(struct grading *grading)
{
	const struct intake *intake = &grading->intake;
	FILE *file = intake->kind == INTAKE_SOURCE ? fopen(intake->path, "re") : NULL;
	if (file == NULL)
		return;
	char *text = xcalloc(1, (size_t)intake->size_bytes + 1);
	if (fread(text, 1, (size_t)intake->size_bytes, file) == intake->size_bytes) {
		grading->result->source_file = xstrdup(intake->file_name);
		grading->result->source_text = text;
		text = NULL;
	}
	free(text);
	fclose(file);
}

static int take_in(struct grading *grading, const char *path)
{
	struct intake_limits limits = INTAKE_LIMITS_DEFAULT;
	if (grading->exercise_known) {
		limits.source_bytes_max = (uint64_t)grading->exercise.limits.source_kib * 1024;
		limits.object_bytes_max = 16 * limits.source_bytes_max;
	}
	limits.siblings = grading->options->siblings;
	limits.beside = grading->options->beside;
	tell(grading, N_("intake"));
	int r = intake_open(&grading->intake, path, limits, grading->fault);
	if (r == 0) {
		grading->result->sha256 = xstrdup(grading->intake.sha256);
		grading->result->graded_file = xstrdup(grading->intake.shown);
		take_source(grading);
	}
	return r;
}

static int compile_with(struct grading *grading, const struct exercise *exercise)
{
	const char *own = exercise != NULL ? exercise->include : NULL;
	struct compiler compiler = { .sandbox = grading->site->sandbox,
				     .include_dir = grading->site->include,
				     .own_include = own };
	struct compile_options options = {
		.include_dir = grading->site->include,
		.own_include = own,
		.start = compiler_start,
		.end = compiler_end,
		.start_context = &compiler,
	};
	options.others = grading->intake.others;
	options.n_others = grading->intake.n_others;
	options.folders = grading->intake.folders;
	options.n_folders = grading->intake.n_folders;
	if (exercise != NULL) {
		options.flags = exercise->flags;
		options.n_flags = exercise->n_flags;
	}
	compile_result_free(&grading->compiled);
	tell(grading, N_("compile"));
	int r = compile_source(grading->intake.directory, grading->intake.file_name, &options, &grading->compiled,
			       grading->fault);
	/* A tool chain that builds nothing is no student's fault. */
	if (r < 0 && r != -ETIMEDOUT && grading->fault->owner == FAULT_SUBMISSION) {
		struct fault fault = { 0 };
		if (toolchain_check(grading->site, grading->intake.file_name, &fault) < 0) {
			fault_free(grading->fault);
			*grading->fault = fault;
		} else {
			fault_free(&fault);
		}
	}
	return r;
}

static const char *object_path(const struct grading *grading)
{
	return grading->intake.kind == INTAKE_SOURCE ? grading->compiled.path : grading->intake.path;
}

static int compile(struct grading *grading)
{
	if (grading->intake.kind != INTAKE_SOURCE)
		return 0;
	return compile_with(grading, grading->exercise_known ? &grading->exercise : NULL);
}

/* A source of an exercise's own kind needs the exercise's headers to be compiled. */
static void guess_exercise(struct grading *grading)
{
	struct fault unknown = { 0 };
	if (grading->exercise_known || grading->intake.defines == NULL)
		return;
	int r = site_exercise_for(grading->site, grading->intake.defines, &grading->exercise, &unknown);
	grading->exercise_known = r == 0 && grading->exercise.own_kind;
	if (r == 0 && !grading->exercise_known)
		manifest_free(&grading->exercise);
	fault_free(&unknown);
}

static int inspect_object(struct grading *grading)
{
	struct kinds kinds;
	int r = site_kinds(grading->site, grading->exercise_known ? &grading->exercise : NULL, &kinds, grading->fault);
	if (r == 0)
		r = inspect_file(object_path(grading), &kinds, &grading->facts, grading->fault);
	kinds_free(&kinds);
	return r;
}

static int find_exercise(struct grading *grading)
{
	if (grading->exercise_known)
		return 0;
	int r = site_exercise_for(grading->site, grading->facts.kind.name, &grading->exercise, grading->fault);
	grading->exercise_known = r == 0;
	/* Only now is it known which flags the exercise wants. */
	if (r == 0 && grading->intake.kind == INTAKE_SOURCE && grading->exercise.n_flags > 0) {
		r = compile_with(grading, &grading->exercise);
		if (r == 0) {
			inspect_free(&grading->facts);
			r = inspect_object(grading);
		}
	}
	return r;
}

static int inspect(struct grading *grading)
{
	tell(grading, N_("inspect"));
	int r = inspect_object(grading);
	if (grading->facts.compiler != NULL)
		grading->result->compiler = xstrdup(grading->facts.compiler);
	if (r == 0)
		r = find_exercise(grading);
	if (r == 0)
		r = inspect_judge(&grading->facts, &grading->exercise, grading->fault);
	return r;
}

/* The first run that the machine or the exercise prevented is told as the submission's error. */
static void take_run_fault(struct grading *grading, const struct judge_run *runs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (runs[i].ran || runs[i].skipped != NULL)
			continue;
		grading->fault->owner = runs[i].fault.owner;
		text_replace(&grading->fault->message, xstrdup(runs[i].fault.message));
		return;
	}
}

/* Runs are made side by side: each is a phase of its own length. */
static void add_phases(struct result *result, const struct judge_run *runs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!runs[i].ran)
			continue;
		char *phase = making_name(&runs[i]);
		result_add_phase(result, phase, runs[i].evidence.duration_ms * 1000);
		free(phase);
	}
}

static void run_and_judge(struct grading *grading)
{
	size_t n;
	char *rebuild = remarks_rebuild_command(&grading->intake);
	struct plan_subject subject = {
		.exercise = &grading->exercise,
		.facts = &grading->facts,
		.plugin_path = object_path(grading),
		.folder = grading->intake.directory,
		.rebuild = rebuild,
		.sha256 = grading->result->sha256,
	};
	const struct grade_options *options = grading->options;
	tell(grading, NULL);
	struct judge_run *runs = plan_run(grading->site, options, &subject, &n);
	struct challenge challenge;
	challenge_make(&challenge, grading->site, options, &subject, runs, n);
	add_phases(grading->result, runs, n);
	add_phases(grading->result, &challenge.run, 1);
	struct judge_input input = {
		.exercise = &grading->exercise,
		.plugin_path = subject.plugin_path,
		.instrumented = grading->facts.instrumented,
		.fences = grading->facts.fences,
		.has_variables = grading->facts.has_variables,
		.rebuild = rebuild,
		.engines = options->engines != 0 ? options->engines : ~0u,
		.replays = grading->options->schedule != NULL,
		.only_check = grading->options->only_check,
		.n_runs = n,
		.runs = runs,
		.explorer_lies = challenge_outcome(&challenge) == CHALLENGE_LIED,
	};
	grading->result->challenge = xstrdup(challenge_outcome_name(challenge_outcome(&challenge)));
	tell(grading, N_("judge"));
	remarks_add(&grading->facts, &grading->compiled, rebuild, grading->result);
	judge(&input, grading->result);
	if (grading->result->verdict == VERDICT_ERROR)
		take_run_fault(grading, runs, n);
	challenge_free(&challenge);
	plan_free(runs, n);
	free(rebuild);
}

static void note_environment(const struct site *site, struct result *result)
{
	struct utsname name;
	if (uname(&name) == 0)
		result->machine = xasprintf("%s %s %s, %ld processors", name.sysname, name.release, name.machine,
					    sysconf(_SC_NPROCESSORS_ONLN));
	result->sandbox = xstrdup(sandbox_level_name(sandbox_level(site->sandbox)));
}

/* A fault before anything was run. */
static void conclude_fault(struct grading *grading)
{
	struct result *result = grading->result;
	unsigned max_score = 0;
	for (size_t i = 0; grading->exercise_known && i < grading->exercise.n_checks; i++)
		max_score += grading->exercise.checks[i].points;
	result->max_score = max_score;
	result->message = xstrdup(grading->fault->message);
	result->verdict = grading->fault->owner == FAULT_SUBMISSION ? VERDICT_FAIL : VERDICT_ERROR;
}

static void hide(char **text, const char *folder)
{
	if (*text != NULL && strstr(*text, folder) != NULL)
		text_replace(text, text_replaced(*text, folder, ""));
}

/* Where the private copy lies is nobody's business, and differs from run to run. */
static void hide_folder(struct result *result, const char *directory)
{
	if (directory == NULL)
		return;
	char *folder = xasprintf("%s/", directory);
	hide(&result->message, folder);
	hide(&result->output, folder);
	for (size_t i = 0; i < result->n_checks; i++) {
		hide(&result->checks[i].message, folder);
		for (size_t e = 0; e < result->checks[i].n_engines; e++)
			hide(&result->checks[i].engines[e].message, folder);
	}
	for (size_t i = 0; i < result->n_findings; i++)
		hide(&result->findings[i].message, folder);
	free(folder);
}

struct result *grade_submission(const struct site *site, const struct grade_options *options, const char *path,
				struct fault *fault)
{
	struct grading grading = { .site = site, .options = options, .fault = fault };
	uint64_t begin_us = monotonic_us();
	int r = 0;
	grading.result = result_create(path);
	note_environment(site, grading.result);
	r = site_check_reachable(site, fault);
	if (r == 0 && options->exercise != NULL) {
		r = site_exercise(site, options->exercise, &grading.exercise, fault);
		grading.exercise_known = r == 0;
		if (r == 0)
			r = site_prepare(site, &grading.exercise, fault);
	}
	if (r == 0)
		r = take_in(&grading, path);
	if (r == 0)
		guess_exercise(&grading);
	if (r == 0)
		r = compile(&grading);
	if (r == 0)
		r = inspect(&grading);
	if (grading.exercise_known) {
		grading.result->exercise = xstrdup(grading.exercise.id);
		grading.result->exercise_version = grading.exercise.version;
		grading.result->exercise_digest = content_digest(site, &grading.exercise);
		grading.result->evidence_digest = content_evidence_digest(site, &grading.exercise);
		if (options->exercise != NULL &&
		    (strchr(options->exercise, '/') != NULL || !site_exercise_is_guessed(site, &grading.exercise)))
			grading.result->exercise_folder = xstrdup(options->exercise);
	}
	if (r == 0)
		run_and_judge(&grading);
	else
		conclude_fault(&grading);
	tell(&grading, NULL);
	hide_folder(grading.result, grading.intake.directory);
	if (grading.intake.directory != NULL && fault->message != NULL) {
		char *folder = xasprintf("%s/", grading.intake.directory);
		hide(&fault->message, folder);
		free(folder);
	}
	grading.result->duration_ms = (monotonic_us() - begin_us) / 1000;
	inspect_free(&grading.facts);
	compile_result_free(&grading.compiled);
	intake_close(&grading.intake);
	manifest_free(&grading.exercise);
	return grading.result;
}
