#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arguments.h"
#include "command.h"
#include "known.h"
#include "language.h"
#include "line.h"
#include "matrix.h"
#include "scratch.h"
#include "text.h"
#include "translate.h"

enum verify_option {
	OPTION_ENGINES = 256,
	OPTION_FORMAT = 'f',
	OPTION_JOBS = 'j',
	OPTION_ONLY = 257,
	OPTION_NAMED_ENGINES,
	OPTION_REPEAT,
	OPTION_RESULTS,
	OPTION_WRITE_MISTAKES
};

static const struct argp_option options[] = {
	{ "repeat", OPTION_REPEAT, "N", 0, N_("Grade each plugin N times, and tell what differs"), 0 },
	{ "only", OPTION_ONLY, "PLUGIN", 0, N_("Only this one: mutants/hyman"), 0 },
	{ "engines", OPTION_ENGINES, "LIST", 0, N_("Run only these of explore, tsan, native"), 0 },
	{ "named-engines", OPTION_NAMED_ENGINES, NULL, 0,
	  N_("Quicker: each mutant only by the explorer, and the engines that its .yaml names"), 0 },
	{ "jobs", OPTION_JOBS, "N", 0, N_("Plugins at the same time (default: the processors)"), 0 },
	{ "results", OPTION_RESULTS, "FOLDER", 0,
	  N_("Keep the results there; what is there already and has not changed is not graded again"), 0 },
	{ "write-mistakes", OPTION_WRITE_MISTAKES, NULL, 0,
	  N_("Write mistakes.yaml into the exercise: how the mutants that have a name go wrong"), 0 },
	{ "format", OPTION_FORMAT, "FORMAT", 0, N_("text or json"), 0 },
	{ 0 },
};

struct request {
	struct verify_options verify;
	bool json, terminal, write_mistakes;
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;
	char *problem = NULL;
	switch (key) {
	case OPTION_ENGINES:
		problem = read_engines(argument, &request->verify.engines);
		break;
	case OPTION_REPEAT:
		problem = read_number("--repeat", argument, 10000, &request->verify.rounds);
		break;
	case OPTION_JOBS:
		problem = read_number("--jobs", argument, 1024, &request->verify.jobs);
		break;
	case OPTION_NAMED_ENGINES:
		request->verify.named_engines = true;
		break;
	case OPTION_ONLY:
		request->verify.only = argument;
		break;
	case OPTION_WRITE_MISTAKES:
		request->write_mistakes = true;
		break;
	case OPTION_RESULTS:
		request->verify.results = argument;
		break;
	case OPTION_FORMAT:
		request->json = strcmp(argument, "json") == 0;
		if (!request->json && strcmp(argument, "text") != 0)
			problem = xasprintf(_("there is no format “%s”; there are: text, json"), argument);
		break;
	case ARGP_KEY_ARG:
		if (state->arg_num > 0)
			argp_error(state, _("one exercise at a time"));
		request->verify.exercise = argument;
		break;
	case ARGP_KEY_END:
		if (request->verify.exercise == NULL)
			argp_error(state, _("which exercise? An id, or a folder"));
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	if (problem != NULL)
		argp_error(state, "%s", problem);
	return 0;
}

static void show(void *context, const struct batch_progress *progress)
{
	const struct request *request = context;
	if (!request->terminal)
		return;
	line_clear();
	fprintf(stderr, _("%zu of %zu"), progress->done, progress->total);
}

static int verify(struct request *request, const struct site *site, struct fault *fault)
{
	struct verification verification;
	int status = EXIT_TROUBLE;
	int r = verify_run(site, &request->verify, &verification, fault);
	if (request->terminal)
		line_clear();
	if (r < 0) {
		complain("%s", fault->message);
	} else {
		(request->json ? matrix_json : matrix_text)(&verification, stdout);
		status = verification_holds(&verification) ? EXIT_ALL_PASS : EXIT_SOME_FAIL;
		int known = request->write_mistakes ? known_write(&verification, fault) : 0;
		if (known < 0)
			status = complain("%s", fault->message);
		else if (request->write_mistakes)
			fprintf(stderr, _("syncgrade: %d ways to go wrong in %s/mistakes.yaml\n"), known,
				verification.exercise.folder);
	}
	verification_free(&verification);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = "EXERCISE|FOLDER",
		.doc = N_(
		    "Grades an exercise's own solutions and mutants, and compares what comes out with the .yaml files "
		    "beside them. Prints which check each fails, and what is not as it should be.\v"
		    "Exit status: 0 all is as expected; 1 a mutant survives, a solution fails, or a verdict changes; 2 "
		    "the command line, the exercise or the machine is at fault."),
	};
	struct request request = { .terminal = line_possible() };
	struct fault fault = { 0 };
	struct site site;
	struct scratch scratch = { .lock_fd = -1 };
	int status;
	request.verify.progress = show;
	request.verify.progress_context = &request;
	if (!parse_arguments(&argp, argc, argv, &request))
		return EXIT_TROUBLE;
	if (site_locate(&site, &fault) < 0 || scratch_open(&scratch, &fault) < 0) {
		status = complain("%s", fault.message);
	} else {
		char *results = xasprintf("%s/results", scratch.path);
		if (request.verify.results == NULL)
			request.verify.results = results;
		status = verify(&request, &site, &fault);
		free(results);
	}
	scratch_close(&scratch);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_verify = { "verify", N_("EXERCISE|FOLDER"),
					N_("an exercise's own plugins get what they should"), run };
