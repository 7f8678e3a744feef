#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allowance.h"
#include "arguments.h"
#include "changed.h"
#include "command.h"
#include "grade.h"
#include "language.h"
#include "line.h"
#include "outputs.h"
#include "student_view.h"
#include "supervise.h"
#include "text.h"
#include "translate.h"
#include "watch_change.h"
#include "watch_files.h"

enum grade_option {
	OPTION_EXERCISE = 'e',
	OPTION_FORMAT = 'f',
	OPTION_JOBS = 'j',
	OPTION_OUTPUT = 'o',
	OPTION_VERBOSE = 'v',
	OPTION_ENGINES = 256,
	OPTION_MEMORY_MODEL,
	OPTION_COLOR,
	OPTION_PLAIN,
	OPTION_REQUIRE_SANDBOX,
	OPTION_PASS_MARK,
	OPTION_CHANGED_SINCE,
	OPTION_WATCH,
	OPTION_REVEAL_HIDDEN,
};

static const struct argp_option options[] = {
	{ "exercise", OPTION_EXERCISE, "ID|FOLDER", 0, N_("Grade as this exercise (default: from the exported symbol)"),
	  0 },
	{ "format", OPTION_FORMAT, "FORMAT", 0,
	  N_("How to report (may be given several times): text, json, github, sarif, junit, tap, gradescope, "
	     "classroom50, "
	     "markdown, summary, csv, canvas, moodle"),
	  0 },
	{ "output", OPTION_OUTPUT, "FILE", 0, N_("Where the format before it goes (default: standard output)"), 0 },
	{ "engines", OPTION_ENGINES, "LIST", 0, N_("Run only these of explore, tsan, native (comma-separated)"), 0 },
	{ "memory-model", OPTION_MEMORY_MODEL, "c11|sc", 0, N_("The memory model that explore checks (default: c11)"),
	  0 },
	{ "jobs", OPTION_JOBS, "N", 0,
	  N_("Runs at the same time (default: as many as this process may use processors)"), 0 },
	{ "require-sandbox", OPTION_REQUIRE_SANDBOX, "LEVEL", 0,
	  N_("Grade nothing if the machine does not allow this: strict, no-cgroup, no-namespaces, minimal"), 0 },
	{ "color", OPTION_COLOR, "WHEN", 0, N_("Colours: auto, always, never"), 0 },
	{ "plain", OPTION_PLAIN, NULL, 0, N_("Interleavings as numbered lists, not in columns"), 0 },
	{ "pass-mark", OPTION_PASS_MARK, "N", 0,
	  N_("A submission passes with N points (default: with every check that has points)"), 0 },
	{ "changed-since", OPTION_CHANGED_SINCE, "REV", 0,
	  N_("Grade what has changed since this git revision, below the given folders (default: here)"), 0 },
	{ "watch", OPTION_WATCH, NULL, 0, N_("Grade again at each save"), 0 },
	{ "reveal-hidden", OPTION_REVEAL_HIDDEN, NULL, 0, N_("Tell hidden checks also in what students see"), 0 },
	{ "verbose", OPTION_VERBOSE, NULL, 0, N_("Tell what each engine did"), 0 },
	{ 0 },
};

struct request {
	struct grade_options grade;
	struct outputs outputs;
	const char *color;
	const char *sandbox; /* level required; NULL: any */
	bool verbose, watch;
	const char *changed_since;
	unsigned pass_mark; /* 0: every check with points */
	char **changed;     /* owned; NULL: none asked for */
	char **paths;
	size_t n_paths;
	size_t n_results;
	struct result **results; /* all of this run */
	size_t n_before;
	struct result **before; /* --watch: of the grading before */
	char *complaint;        /* the last one; NULL: none */
	bool line_shown;        /* a progress line stands on the terminal */
};

static char *parse_memory_model(struct request *request, const char *name)
{
	if (strcmp(name, "c11") == 0)
		request->grade.memory_model = MEMORY_MODEL_C11;
	else if (strcmp(name, "sc") == 0)
		request->grade.memory_model = MEMORY_MODEL_SC;
	else
		return xasprintf(_("there is no memory model “%s”; there are: c11, sc"), name);
	return NULL;
}

static char *parse_color(struct request *request, const char *when)
{
	if (strcmp(when, "auto") != 0 && strcmp(when, "always") != 0 && strcmp(when, "never") != 0)
		return xasprintf(_("--color takes auto, always or never, not “%s”"), when);
	request->color = when;
	return NULL;
}

static char *parse_pass_mark(struct request *request, const char *text)
{
	char *end;
	unsigned long points = strtoul(text, &end, 10);
	if (end == text || *end != '\0' || points < 1 || points > 1000)
		return xasprintf(_("--pass-mark takes a number of points, not “%s”"), text);
	request->pass_mark = (unsigned)points;
	return NULL;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;
	char *problem = NULL;
	switch (key) {
	case OPTION_EXERCISE:
		request->grade.exercise = argument;
		break;
	case OPTION_FORMAT:
		problem = outputs_format(&request->outputs, argument);
		break;
	case OPTION_OUTPUT:
		problem = outputs_path(&request->outputs, argument);
		break;
	case OPTION_ENGINES:
		problem = read_engines(argument, &request->grade.engines);
		break;
	case OPTION_MEMORY_MODEL:
		problem = parse_memory_model(request, argument);
		break;
	case OPTION_PLAIN:
		request->outputs.plain = true;
		break;
	case OPTION_COLOR:
		problem = parse_color(request, argument);
		break;
	case OPTION_REQUIRE_SANDBOX:
		request->sandbox = argument;
		break;
	case OPTION_PASS_MARK:
		problem = parse_pass_mark(request, argument);
		break;
	case OPTION_CHANGED_SINCE:
		request->changed_since = argument;
		break;
	case OPTION_WATCH:
		request->watch = true;
		break;
	case OPTION_JOBS:
		problem = read_number("--jobs", argument, 1024, &request->grade.jobs);
		break;
	case OPTION_REVEAL_HIDDEN:
		request->outputs.reveal_hidden = true;
		break;
	case OPTION_VERBOSE:
		request->verbose = true;
		break;
	case ARGP_KEY_ARGS:
		request->paths = state->argv + state->next;
		request->n_paths = (size_t)(state->argc - state->next);
		break;
	case ARGP_KEY_NO_ARGS:
		if (request->changed_since == NULL)
			argp_error(state, _("which submission? Give a .c, a .so, or a folder with one of them"));
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	if (problem != NULL)
		argp_error(state, "%s", problem); /* ends the program with argp_err_exit_status */
	return 0;
}

static void show_progress(void *context, const char *step)
{
	struct request *request = context;
	if (request->outputs.plain || !line_possible())
		return;
	line_clear();
	fprintf(stderr, "%s…", step);
	request->line_shown = true;
}

static void clear_progress(struct request *request)
{
	if (request->line_shown)
		line_clear();
	request->line_shown = false;
}

/* What is not told by a report is not told by the exit status either. */
static int status_of(struct request *request, const struct result *result, const struct fault *fault)
{
	struct result *view = student_view_create(result);
	const struct result *told = outputs_tell_all(&request->outputs) ? result : view;
	bool marked = request->pass_mark != 0 && told->message == NULL && told->score >= request->pass_mark;
	int status = EXIT_SOME_FAIL;
	if (told->verdict == VERDICT_PASS || (marked && told->verdict == VERDICT_FAIL))
		status = EXIT_ALL_PASS;
	else if (told->verdict == VERDICT_ERROR)
		status = EXIT_TROUBLE;
	if (status == EXIT_TROUBLE && fault->message != NULL) {
		/* Of several submissions, once what is wrong with all of them. */
		if (request->complaint == NULL || strcmp(request->complaint, fault->message) != 0)
			complain("%s", fault->message);
		text_replace(&request->complaint, xstrdup(fault->message));
	}
	student_view_destroy(view);
	return status;
}

/* Grades one and reports it; returns the exit status that it stands for. */
static int grade_one(struct request *request, const struct site *site, const char *path)
{
	struct fault fault = { 0 };
	struct result *result = grade_submission(site, &request->grade, path, &fault);
	clear_progress(request);
	int status = status_of(request, result, &fault);
	if (outputs_result(&request->outputs, result) < 0)
		status = EXIT_TROUBLE;
	request->results = xrealloc(request->results, (request->n_results + 1) * sizeof(*request->results));
	request->results[request->n_results++] = result;
	fault_free(&fault);
	return status;
}

/* In a GitHub action: the job's summary, which is Markdown. */
static int write_step_summary(const struct request *request)
{
	const char *path = getenv("GITHUB_STEP_SUMMARY");
	struct report_style style = { .utf8 = true };
	if (path == NULL || path[0] == '\0')
		return 0;
	FILE *file = fopen(path, "ae");
	struct outputs summary = { .n = 1, .reveal_hidden = request->outputs.reveal_hidden };
	summary.list[0].format = &report_markdown;
	summary.list[0].file = file;
	summary.list[0].style = style;
	int r = file == NULL
		    ? -1
		    : outputs_all(&summary, (const struct result *const *)request->results, request->n_results);
	if (file != NULL && fclose(file) != 0)
		r = -1;
	if (r < 0)
		complain(_("$GITHUB_STEP_SUMMARY (%s) cannot be written: %s"), path, strerror(errno));
	return r;
}

/* In a GitHub action: what later steps may ask for. */
static int write_step_outputs(const struct request *request)
{
	const char *path = getenv("GITHUB_OUTPUT");
	unsigned score = 0, max_score = 0;
	enum verdict verdict = VERDICT_PASS;
	if (path == NULL || path[0] == '\0')
		return 0;
	for (size_t i = 0; i < request->n_results; i++) {
		struct result *view = student_view_create(request->results[i]);
		const struct result *told = outputs_tell_all(&request->outputs) ? request->results[i] : view;
		score += told->score;
		max_score += told->max_score;
		verdict = told->verdict > verdict ? told->verdict : verdict;
		student_view_destroy(view);
	}
	FILE *file = fopen(path, "ae");
	if (file != NULL)
		fprintf(file, "verdict=%s\nscore=%u\nmax-score=%u\nsubmissions=%zu\n",
			request->n_results > 0 ? verdict_name(verdict) : "none", score, max_score, request->n_results);
	if (file == NULL || fclose(file) != 0)
		return complain(_("$GITHUB_OUTPUT (%s) cannot be written: %s"), path, strerror(errno)), -1;
	return 0;
}

static void drop_results(struct request *request)
{
	for (size_t i = 0; i < request->n_results; i++)
		result_destroy(request->results[i]);
	free(request->results);
	request->results = NULL;
	request->n_results = 0;
}

/* What has changed is told, and these are what the next ones are compared with. */
static void keep_results(struct request *request)
{
	struct report_style style = outputs_style_of(stderr);
	struct result **now = request->results;
	size_t n_now = request->n_results;
	watch_change_print(stderr, &style, request->before, request->n_before, now, n_now);
	request->results = request->before;
	request->n_results = request->n_before;
	drop_results(request);
	request->before = now;
	request->n_before = n_now;
}

static int grade_all(struct request *request, const struct site *site)
{
	struct outputs outputs = request->outputs; /* --watch opens them again */
	int status = EXIT_ALL_PASS;
	bool opened = outputs_open(&request->outputs, request->verbose, request->color) == 0;
	if (!opened)
		status = EXIT_TROUBLE;
	/* What is wrong with one submission, or with the machine while it was graded, is not wrong with the next. */
	for (size_t i = 0; opened && i < request->n_paths; i++) {
		int one = grade_one(request, site, request->paths[i]);
		status = one > status ? one : status;
	}
	if (opened &&
	    outputs_all(&request->outputs, (const struct result *const *)request->results, request->n_results) < 0)
		status = EXIT_TROUBLE;
	if (outputs_close(&request->outputs) < 0 || write_step_summary(request) < 0 || write_step_outputs(request) < 0)
		status = EXIT_TROUBLE;
	request->outputs = outputs;
	if (request->watch)
		keep_results(request);
	else
		drop_results(request);
	return status;
}

/* Replaces the folders of the command line by what has changed in them. */
static int find_changed(struct request *request)
{
	struct fault fault = { 0 };
	request->changed = changed_submissions(request->changed_since, request->paths, request->n_paths, &fault);
	if (request->changed == NULL) {
		complain("%s", fault.message);
		fault_free(&fault);
		return -1;
	}
	request->paths = request->changed;
	request->grade.siblings = true;
	for (request->n_paths = 0; request->paths[request->n_paths] != NULL;)
		request->n_paths++;
	if (request->n_paths == 0)
		fprintf(stderr, _("syncgrade: no submission has changed since %s\n"), request->changed_since);
	return 0;
}

static int grade_for_ever(struct request *request, const struct site *site)
{
	for (;;) {
		grade_all(request, site);
		fprintf(stderr, _("waiting for a save; Ctrl-C ends\n"));
		fflush(stdout);
		int r = watch_files_wait(request->paths, request->n_paths);
		if (r < 0)
			return complain("--watch: %s", strerror(-r));
	}
}

static int grade_as_asked(void *context)
{
	struct request *request = context;
	struct fault fault = { 0 };
	struct site site = { 0 };
	int status;
	if (request->grade.jobs == 0)
		request->grade.jobs = allowance_jobs_now();
	if (site_locate(&site, &fault) < 0 ||
	    (request->sandbox != NULL && site_require_sandbox(&site, request->sandbox, &fault) < 0))
		status = complain("%s", fault.message);
	else if (request->changed_since != NULL && find_changed(request) < 0)
		status = EXIT_TROUBLE;
	else if (request->watch)
		status = grade_for_ever(request, &site);
	else
		status = grade_all(request, &site);
	for (size_t i = 0; request->changed != NULL && request->changed[i] != NULL; i++)
		free(request->changed[i]);
	free(request->changed);
	site_free(&site);
	fault_free(&fault);
	free(request->complaint);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = N_("SUBMISSION..."),
		.doc =
		    N_("Grades submissions: plugins (.so), their source (.c), or folders with one of them.\vExit "
		       "status: 0 "
		       "every submission passes; 1 some submission fails (also one that does not compile or load); 2 "
		       "the command line, an exercise or the machine is at fault."),
	};
	struct request request = { .grade = { .progress = show_progress } };
	request.grade.progress_context = &request;
	if (!parse_arguments(&argp, argc, argv, &request))
		return EXIT_TROUBLE;
	return supervise(grade_as_asked, &request);
}

const struct command command_grade = { "grade", N_("SUBMISSION..."), N_("grade plugins (.so), sources (.c) or folders"),
				       run };
