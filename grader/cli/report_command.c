#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "language.h"
#include "outputs.h"
#include "store.h"
#include "translate.h"

enum report_option {
	OPTION_FORMAT = 'f',
	OPTION_OUTPUT = 'o',
	OPTION_VERBOSE = 'v',
	OPTION_COLOR = 256,
	OPTION_PLAIN,
	OPTION_REVEAL_HIDDEN
};

static const struct argp_option options[] = {
	{ "format", OPTION_FORMAT, "FORMAT", 0, N_("How to report (may be given several times)"), 0 },
	{ "output", OPTION_OUTPUT, "FILE", 0, N_("Where the format before it goes (default: standard output)"), 0 },
	{ "verbose", OPTION_VERBOSE, NULL, 0, N_("Tell what each engine did"), 0 },
	{ "reveal-hidden", OPTION_REVEAL_HIDDEN, NULL, 0, N_("Tell hidden checks also in what students see"), 0 },
	{ "color", OPTION_COLOR, "WHEN", 0, N_("Colours: auto, always, never"), 0 },
	{ "plain", OPTION_PLAIN, NULL, 0, N_("Interleavings as numbered lists, not in columns"), 0 },
	{ 0 },
};

struct request {
	struct outputs outputs;
	const char *folder, *color;
	bool verbose;
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;
	char *problem = NULL;
	switch (key) {
	case OPTION_FORMAT:
		problem = outputs_format(&request->outputs, argument);
		break;
	case OPTION_OUTPUT:
		problem = outputs_path(&request->outputs, argument);
		break;
	case OPTION_REVEAL_HIDDEN:
		request->outputs.reveal_hidden = true;
		break;
	case OPTION_VERBOSE:
		request->verbose = true;
		break;
	case OPTION_PLAIN:
		request->outputs.plain = true;
		break;
	case OPTION_COLOR:
		request->color = argument;
		break;
	case ARGP_KEY_ARG:
		if (state->arg_num > 0)
			argp_error(state, _("one folder only"));
		request->folder = argument;
		break;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, _("which results? The folder that ‘syncgrade batch -o’ wrote"));
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	if (problem != NULL)
		argp_error(state, "%s", problem);
	return 0;
}

static int report_all(struct outputs *outputs, const struct result *const *results, size_t n)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = outputs_result(outputs, results[i]);
	return r < 0 ? r : outputs_all(outputs, results, n);
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = "RESULTS",
		.doc = N_("Renders stored results, in any format."),
	};
	struct request request = { 0 };
	struct fault fault = { 0 };
	struct result **results = NULL;
	size_t n = 0;
	int status = EXIT_ALL_PASS;
	argp_err_exit_status = EXIT_TROUBLE;
	if (argp_parse(&argp, argc, argv, 0, NULL, &request) != 0)
		return EXIT_TROUBLE;
	if (request.outputs.n == 0)
		outputs_format(&request.outputs, "summary");
	if (store_read_all(request.folder, &results, &n, &fault) < 0)
		status = complain("%s", fault.message);
	else if (outputs_open(&request.outputs, request.verbose, request.color) < 0 ||
		 report_all(&request.outputs, (const struct result *const *)results, n) < 0)
		status = EXIT_TROUBLE;
	if (outputs_close(&request.outputs) < 0)
		status = EXIT_TROUBLE;
	for (size_t i = 0; i < n; i++)
		result_destroy(results[i]);
	free(results);
	fault_free(&fault);
	return status;
}

const struct command command_report = { "report", "RESULTS", N_("render stored results again, in any format"), run };
