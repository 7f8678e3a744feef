#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "command.h"
#include "feedback.h"
#include "language.h"
#include "outputs.h"
#include "overrides.h"
#include "store.h"
#include "text.h"
#include "translate.h"

enum report_option {
	OPTION_FORMAT = 'f',
	OPTION_OUTPUT = 'o',
	OPTION_VERBOSE = 'v',
	OPTION_COLOR = 256,
	OPTION_PLAIN,
	OPTION_REVEAL_HIDDEN,
	OPTION_ONLY,
	OPTION_EACH,
	OPTION_LAYOUT,
	OPTION_OVERRIDES,
	OPTION_DEADLINE,
	OPTION_LATE
};

static const struct argp_option options[] = {
	{ "format", OPTION_FORMAT, "FORMAT", 0, N_("How to report (may be given several times)"), 0 },
	{ "output", OPTION_OUTPUT, "FILE", 0, N_("Where the format before it goes (default: standard output)"), 0 },
	{ "only", OPTION_ONLY, "STUDENT", 0, N_("Only this one (key, name or id)"), 0 },
	{ "each", OPTION_EACH, NULL, 0,
	  N_("A file for each submission, in the folder --output, or in an archive if that ends in .zip"), 0 },
	{ "layout", OPTION_LAYOUT, "PLATFORM", 0,
	  N_("With --each, names by which a platform takes them as feedback: moodle, canvas (default: plain)"), 0 },
	{ "overrides", OPTION_OVERRIDES, "CSV", 0,
	  N_("Points, comments and late factors that an instructor has decided on"), 0 },
	{ "deadline", OPTION_DEADLINE, "TIME", 0, N_("After which a submission is late: \"2026-10-01 23:59\""), 0 },
	{ "late-per-day", OPTION_LATE, "PERCENT", 0, N_("What each day costs that has begun after --deadline"), 0 },
	{ "verbose", OPTION_VERBOSE, NULL, 0, N_("Tell what each engine did"), 0 },
	{ "reveal-hidden", OPTION_REVEAL_HIDDEN, NULL, 0, N_("Tell hidden checks also in what students see"), 0 },
	{ "color", OPTION_COLOR, "WHEN", 0, N_("Colours: auto, always, never"), 0 },
	{ "plain", OPTION_PLAIN, NULL, 0, N_("Interleavings as numbered lists, not in columns"), 0 },
	{ 0 },
};

struct request {
	struct outputs outputs;
	size_t n_folders;
	const char **folders;
	const char *color, *only;
	bool verbose, each;
	enum feedback_layout layout;
	const char *overrides;
	struct late_rule late;
};

/* What cannot be had together; NULL: nothing. The caller owns it. */
static char *contradiction(const struct request *request)
{
	const struct outputs *outputs = &request->outputs;
	if (request->late.known != (request->late.percent_day > 0))
		return xstrdup(_("--deadline and --late-per-day go together"));
	if (request->n_folders > 1 && (request->overrides != NULL || request->late.known))
		return xstrdup(_("--overrides and --deadline are about one folder"));
	for (size_t i = 0; i < outputs->n && request->n_folders > 1; i++) {
		if (!outputs->list[i].format->terms)
			return xasprintf(
			    _("several folders are terms, which %s does not tell apart; summary and lecture do"),
			    outputs->list[i].format->name);
	}
	if (!request->each)
		return NULL;
	if (outputs->n != 1 || outputs->list[0].path == NULL)
		return xstrdup(_("--each takes one --format, and an --output: a folder, or a .zip"));
	return outputs->list[0].format->terms
		   ? xasprintf(_("%s is about a class, and not about each submission"), outputs->list[0].format->name)
		   : NULL;
}

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
	case OPTION_OVERRIDES:
		request->overrides = argument;
		break;
	case OPTION_DEADLINE:
		request->late.known = true;
		if (!late_time(argument, &request->late.deadline))
			problem = xasprintf(_("--deadline takes a time like 2026-10-01 23:59, not “%s”"), argument);
		break;
	case OPTION_LATE:
		problem = read_number("--late-per-day", argument, 100, &request->late.percent_day);
		break;
	case OPTION_ONLY:
		request->only = argument;
		break;
	case OPTION_EACH:
		request->each = true;
		break;
	case OPTION_LAYOUT:
		if (!feedback_layout_from_name(argument, &request->layout))
			problem = xasprintf(_("there is no layout “%s”; there are: plain, moodle, canvas"), argument);
		request->each = true;
		break;
	case ARGP_KEY_ARG:
		request->folders = xrealloc(request->folders, (request->n_folders + 1) * sizeof(*request->folders));
		request->folders[request->n_folders++] = argument;
		break;
	case ARGP_KEY_END:
		problem = contradiction(request);
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

/* ---- the results ---- */

struct class
{
	struct result **results;
	size_t n;
};

/* A folder's name says which term it is; of two with one name, the whole path does. */
static const char *term_name(const struct request *request, size_t i)
{
	const char *name = strrchr(request->folders[i], '/');
	name = name != NULL && name[1] != '\0' ? name + 1 : request->folders[i];
	for (size_t k = 0; k < request->n_folders; k++) {
		if (k != i && text_ends(request->folders[k], name))
			return request->folders[i];
	}
	return name;
}

/* What all the formats together need. */
static enum store_extent extent_for(const struct request *request)
{
	bool points_only = true;
	for (size_t i = 0; i < request->outputs.n; i++)
		points_only = points_only && request->outputs.list[i].format->points_only;
	return points_only ? STORE_POINTS : STORE_ALL;
}

static int read_class(const struct request *request, struct class *class, struct fault *fault)
{
	for (size_t i = 0; i < request->n_folders; i++) {
		struct result **results = NULL;
		size_t n = 0;
		if (store_read_all(request->folders[i], extent_for(request), &results, &n, fault) < 0)
			return -1;
		class->results = xrealloc(class->results, (class->n + n + 1) * sizeof(*class->results));
		for (size_t k = 0; k < n; k++) {
			results[k]->term = request->n_folders > 1 ? term_name(request, i) : NULL;
			class->results[class->n++] = results[k];
		}
		free(results);
	}
	return 0;
}

/* Leaves those whom --only names. */
static int choose(const char *only, struct class *class, struct fault *fault)
{
	size_t n = 0;
	for (size_t i = 0; i < class->n; i++) {
		if (student_is(&class->results[i]->student, only))
			class->results[n++] = class->results[i];
		else
			result_destroy(class->results[i]);
	}
	class->n = n;
	return n > 0 ? 0 : fault_exercise(fault, _("--only %s: there is no result of that key, name or id"), only);
}

static int put_each(const struct request *request, const struct class *class, struct fault *fault)
{
	struct report_style style = { .utf8 = true,
				      .verbose = request->verbose,
				      .plain = request->outputs.plain,
				      .reveal_hidden = request->outputs.reveal_hidden };
	struct feedback feedback = { .format = request->outputs.list[0].format,
				     .style = &style,
				     .layout = request->layout,
				     .to = request->outputs.list[0].path };
	return feedback_write(&feedback, (const struct result *const *)class->results, class->n, fault);
}

static int put_all(struct request *request, const struct class *class)
{
	int r = outputs_open(&request->outputs, request->verbose, request->color);
	if (r == 0)
		r = report_all(&request->outputs, (const struct result *const *)class->results, class->n);
	if (outputs_close(&request->outputs) < 0)
		r = -1;
	return r;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = "RESULTS…",
		.doc = N_("Renders stored results, in any format. Several folders are several terms, for summary and "
			  "lecture."),
	};
	struct request request = { 0 };
	struct fault fault = { 0 };
	struct class class = { 0 };
	int status = EXIT_ALL_PASS;
	if (!parse_arguments(&argp, argc, argv, &request))
		return EXIT_TROUBLE;
	if (request.outputs.n == 0)
		outputs_format(&request.outputs, "summary");
	if (read_class(&request, &class, &fault) < 0 ||
	    ((request.overrides != NULL || request.late.known) &&
	     overrides_apply(request.overrides, &request.late, class.results, class.n, &fault) < 0) ||
	    (request.only != NULL && choose(request.only, &class, &fault) < 0) ||
	    (request.each && put_each(&request, &class, &fault) < 0))
		status = complain("%s", fault.message);
	else if (!request.each && put_all(&request, &class) < 0)
		status = EXIT_TROUBLE;
	for (size_t i = 0; i < class.n; i++)
		result_destroy(class.results[i]);
	free(class.results);
	free(request.folders);
	fault_free(&fault);
	return status;
}

const struct command command_report = { "report", N_("RESULTS…"), N_("render stored results again, in any format"),
					run };
