#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "grade.h"
#include "outputs.h"
#include "text.h"

enum grade_option {
	OPTION_EXERCISE = 'e',
	OPTION_FORMAT = 'f',
	OPTION_OUTPUT = 'o',
	OPTION_VERBOSE = 'v',
	OPTION_ENGINES = 256,
	OPTION_MEMORY_MODEL,
	OPTION_COLOR,
	OPTION_REQUIRE_SANDBOX
};

static const struct argp_option options[] = {
	{ "exercise", OPTION_EXERCISE, "ID|FOLDER", 0, "Grade as this exercise (default: from the exported symbol)",
	  0 },
	{ "format", OPTION_FORMAT, "FORMAT", 0, "How to report: text, json (may be given several times)", 0 },
	{ "output", OPTION_OUTPUT, "FILE", 0, "Where the format before it goes (default: standard output)", 0 },
	{ "engines", OPTION_ENGINES, "LIST", 0, "Run only these of explore, tsan, native (comma-separated)", 0 },
	{ "memory-model", OPTION_MEMORY_MODEL, "c11|sc", 0, "The memory model that explore checks (default: c11)", 0 },
	{ "require-sandbox", OPTION_REQUIRE_SANDBOX, "LEVEL", 0,
	  "Grade nothing if the machine does not allow this: strict, no-cgroup, no-namespaces, minimal", 0 },
	{ "color", OPTION_COLOR, "WHEN", 0, "Colours: auto, always, never", 0 },
	{ "verbose", OPTION_VERBOSE, NULL, 0, "Tell what each engine did", 0 },
	{ 0 },
};

struct request {
	struct grade_options grade;
	struct outputs outputs;
	const char *color;
	const char *sandbox; /* level required; NULL: any */
	bool verbose;
	char **paths;
	size_t n_paths;
	bool line_shown; /* a progress line stands on the terminal */
};

static char *parse_engines(struct request *request, const char *list)
{
	char *copy = xstrdup(list), *problem = NULL, *state;
	for (char *name = strtok_r(copy, ",", &state); name != NULL; name = strtok_r(NULL, ",", &state)) {
		enum engine_id engine;
		if (!engine_from_name(name, &engine)) {
			problem = xasprintf("there is no engine “%s”; there are: explore, tsan, native", name);
			break;
		}
		request->grade.engines |= 1u << engine;
	}
	free(copy);
	return problem;
}

static char *parse_memory_model(struct request *request, const char *name)
{
	if (strcmp(name, "c11") == 0)
		request->grade.memory_model = MEMORY_MODEL_C11;
	else if (strcmp(name, "sc") == 0)
		request->grade.memory_model = MEMORY_MODEL_SC;
	else
		return xasprintf("there is no memory model “%s”; there are: c11, sc", name);
	return NULL;
}

static char *parse_color(struct request *request, const char *when)
{
	if (strcmp(when, "auto") != 0 && strcmp(when, "always") != 0 && strcmp(when, "never") != 0)
		return xasprintf("--color takes auto, always or never, not “%s”", when);
	request->color = when;
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
		problem = parse_engines(request, argument);
		break;
	case OPTION_MEMORY_MODEL:
		problem = parse_memory_model(request, argument);
		break;
	case OPTION_COLOR:
		problem = parse_color(request, argument);
		break;
	case OPTION_REQUIRE_SANDBOX:
		request->sandbox = argument;
		break;
	case OPTION_VERBOSE:
		request->verbose = true;
		break;
	case ARGP_KEY_ARGS:
		request->paths = state->argv + state->next;
		request->n_paths = (size_t)(state->argc - state->next);
		break;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "which submission? Give a .c, a .so, or a folder with one of them");
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
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r\033[K%s…", step);
	request->line_shown = true;
}

static void clear_progress(struct request *request)
{
	if (request->line_shown)
		fputs("\r\033[K", stderr);
	request->line_shown = false;
}

/* Grades one and reports it; returns the exit status that it stands for. */
static int grade_one(struct request *request, const struct site *site, const char *path)
{
	struct fault fault = { 0 };
	struct result *result = grade_submission(site, &request->grade, path, &fault);
	int status = EXIT_SOME_FAIL;
	clear_progress(request);
	if (result->verdict == VERDICT_PASS)
		status = EXIT_ALL_PASS;
	else if (result->verdict == VERDICT_ERROR)
		status = fault.message != NULL ? complain("%s", fault.message) : EXIT_TROUBLE;
	if (outputs_result(&request->outputs, result) < 0)
		status = EXIT_TROUBLE;
	result_destroy(result);
	fault_free(&fault);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "SUBMISSION...",
		.doc = "Grades submissions: plugins (.so), their source (.c), or folders with one of them.\v"
		       "Exit status: 0 every submission passes; 1 some submission fails (also one that does not "
		       "compile or "
		       "load); 2 the command line, an exercise or the machine is at fault.",
	};
	struct request request = { .grade = { .progress = show_progress } };
	struct fault fault = { 0 };
	struct site site;
	int status = EXIT_ALL_PASS;
	request.grade.progress_context = &request;
	argp_err_exit_status = EXIT_TROUBLE;
	if (argp_parse(&argp, argc, argv, 0, NULL, &request) != 0)
		return EXIT_TROUBLE;
	if (site_locate(&site, &fault) < 0 ||
	    (request.sandbox != NULL && site_require_sandbox(&site, request.sandbox, &fault) < 0)) {
		status = complain("%s", fault.message);
		goto out;
	}
	if (outputs_open(&request.outputs, request.verbose, request.color) < 0)
		status = EXIT_TROUBLE;
	for (size_t i = 0; status != EXIT_TROUBLE && i < request.n_paths; i++) {
		int one = grade_one(&request, &site, request.paths[i]);
		status = one > status ? one : status;
	}
	if (outputs_close(&request.outputs) < 0)
		status = EXIT_TROUBLE;
out:
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_grade = { "grade", "SUBMISSION...", "grade plugins (.so), sources (.c) or folders", run };
