#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "grade.h"
#include "language.h"
#include "outputs.h"
#include "schedule_text.h"
#include "text.h"
#include "translate.h"

enum replay_option {
	OPTION_CHECK = 'c',
	OPTION_SCHEDULE = 's',
	OPTION_EXERCISE = 'e',
	OPTION_FORMAT = 'f',
	OPTION_MEMORY_MODEL = 256,
	OPTION_COLOR,
	OPTION_PLAIN,
	OPTION_GDB
};

static const struct argp_option options[] = {
	{ "check", OPTION_CHECK, "ID", 0, N_("The check that failed, as the report names it: counter/mutual-exclusion"),
	  0 },
	{ "schedule", OPTION_SCHEDULE, "S", 0, N_("The schedule of the report's last line (default: search for one)"),
	  0 },
	{ "gdb", OPTION_GDB, NULL, 0,
	  N_("Run it in gdb, where stepping follows the schedule. Without the sandbox: for your own code"), 0 },
	{ "exercise", OPTION_EXERCISE, "ID|FOLDER", 0, N_("The exercise (default: from the exported symbol)"), 0 },
	{ "memory-model", OPTION_MEMORY_MODEL, "c11|sc", 0, N_("The memory model (default: c11)"), 0 },
	{ "format", OPTION_FORMAT, "FORMAT", 0, N_("How to report: text, json"), 0 },
	{ "color", OPTION_COLOR, "WHEN", 0, N_("Colours: auto, always, never"), 0 },
	{ "plain", OPTION_PLAIN, NULL, 0, N_("Interleavings as numbered lists, not in columns"), 0 },
	{ 0 },
};

struct request {
	struct grade_options grade;
	struct outputs outputs;
	const char *submission, *color;
	bool gdb;
};

/* Whether it fits the plugin is seen when it is run; that it is one at all is seen here. */
static void expect_schedule(const char *text, struct argp_state *state)
{
	size_t name = schedule_workload(text), skip = name > 0 ? name + 1 : 0, understood;
	struct schedule schedule;
	int r = schedule_read(&schedule, text + skip, &understood);
	schedule_fini(&schedule);
	if (r == -E2BIG)
		argp_error(state, _("the schedule is longer than any that a report shows"));
	else if (r < 0)
		argp_error(state,
			   _("“%s” is no schedule: what begins at character %zu is not understood. Copy it from the "
			     "line “again:” of the report"),
			   text, skip + understood + 1);
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;
	char *problem = NULL;
	switch (key) {
	case OPTION_CHECK:
		request->grade.only_check = argument;
		break;
	case OPTION_SCHEDULE:
		request->grade.schedule = argument;
		break;
	case OPTION_EXERCISE:
		request->grade.exercise = argument;
		break;
	case OPTION_FORMAT:
		problem = outputs_format(&request->outputs, argument);
		break;
	case OPTION_MEMORY_MODEL:
		if (strcmp(argument, "sc") == 0)
			request->grade.memory_model = MEMORY_MODEL_SC;
		else if (strcmp(argument, "c11") != 0)
			problem = xasprintf(_("there is no memory model “%s”; there are: c11, sc"), argument);
		break;
	case OPTION_GDB:
		request->gdb = true;
		break;
	case OPTION_PLAIN:
		request->outputs.plain = true;
		break;
	case OPTION_COLOR:
		request->color = argument;
		break;
	case ARGP_KEY_ARG:
		if (state->arg_num > 0)
			argp_error(state, _("one submission only"));
		request->submission = argument;
		break;
	case ARGP_KEY_END:
		if (request->submission == NULL)
			argp_error(state, _("which submission?"));
		if (request->grade.only_check == NULL)
			argp_error(state, _("which check? --check ID, as the report names it"));
		if (request->grade.schedule != NULL)
			expect_schedule(request->grade.schedule, state);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	if (problem != NULL)
		argp_error(state, "%s", problem);
	return 0;
}

/* What is replayed must be a check of the exercise, and the explorer's. */
static int report(struct request *request, const struct result *result, const struct fault *fault)
{
	if (result->n_checks == 1 && result->checks[0].status == STATUS_ERROR)
		return complain("%s: %s", request->grade.only_check, result->checks[0].message);
	if (result->verdict == VERDICT_ERROR)
		return fault->message != NULL ? complain("%s", fault->message) : EXIT_TROUBLE;
	if (result->message == NULL && result->n_checks == 0)
		return complain(_("%s: the exercise %s has no such check"), request->grade.only_check,
				result->exercise);
	if (result->n_checks == 1 && result->checks[0].n_engines == 0)
		return complain(_("%s: the explorer has no part in this check: there is nothing to replay"),
				request->grade.only_check);
	/* Whoever names a hidden check knows it. */
	request->outputs.reveal_hidden = true;
	if (outputs_open(&request->outputs, true, request->color) < 0 ||
	    outputs_result(&request->outputs, result) < 0 || outputs_close(&request->outputs) < 0)
		return EXIT_TROUBLE;
	return result->verdict == VERDICT_PASS || result->shows_nothing ? EXIT_ALL_PASS : EXIT_SOME_FAIL;
}

/* The folder of the submission, for gdb to look for its source. The caller owns it. */
static char *sources_of(const char *submission)
{
	char *folder = realpath(submission, NULL);
	struct stat status;
	if (folder != NULL && stat(folder, &status) == 0 && !S_ISDIR(status.st_mode))
		*strrchr(folder, '/') = '\0';
	return folder != NULL ? folder : xstrdup(".");
}

/* gdb follows a schedule: the one that was given, or else the one that a search finds first. Returns false, with
 * the search's result reported and *status set, where there is nothing to follow. */
static bool find_schedule(struct request *request, const struct site *site, char **schedule, int *status)
{
	struct fault fault = { 0 };
	if (request->grade.schedule != NULL)
		return true;
	struct result *result = grade_submission(site, &request->grade, request->submission, &fault);
	const struct counterexample *found = result->n_checks == 1 ? result->checks[0].counterexample : NULL;
	if (found != NULL)
		request->grade.schedule = *schedule = xstrdup(found->schedule);
	else
		*status = report(request, result, &fault);
	result_destroy(result);
	fault_free(&fault);
	return request->grade.schedule != NULL;
}

static int replay(struct request *request, const struct site *site)
{
	struct fault fault = { 0 };
	char *schedule = NULL, *sources = NULL;
	int status = EXIT_TROUBLE;
	if (request->gdb) {
		if (!find_schedule(request, site, &schedule, &status))
			goto out;
		request->grade.debug_sources = sources = sources_of(request->submission);
		fprintf(stderr, _("syncgrade: gdb runs %s without the sandbox\n"), request->submission);
	}
	struct result *result = grade_submission(site, &request->grade, request->submission, &fault);
	status = report(request, result, &fault);
	result_destroy(result);
out:
	free(schedule);
	free(sources);
	fault_free(&fault);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = N_("SUBMISSION --check ID [--schedule S] [--gdb]"),
		.doc = N_("Runs exactly one trial again: the one that a report shows."),
	};
	struct request request = { .grade = { .engines = 1u << ENGINE_EXPLORE } };
	struct fault fault = { 0 };
	struct site site;
	int status;
	if (!parse_arguments(&argp, argc, argv, &request))
		return EXIT_TROUBLE;
	if (site_locate(&site, &fault) < 0)
		status = complain("%s", fault.message);
	else
		status = replay(&request, &site);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_replay = { "replay", N_("SUBMISSION --check ID"), N_("run the trial that failed again"),
					run };
