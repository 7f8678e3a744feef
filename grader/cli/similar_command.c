#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "command.h"
#include "escape.h"
#include "language.h"
#include "manifest.h"
#include "site.h"
#include "store.h"
#include "text.h"
#include "translate.h"
#include "winnow.h"

/* A list for a person to look at. It is no verdict, and nothing else in the program reads it. */

enum similar_option { OPTION_EXERCISE = 'e', OPTION_LEAST = 256 };

static const struct argp_option options[] = {
	{ "exercise", OPTION_EXERCISE, "ID|FOLDER", 0,
	  N_("Whose starter and solutions do not count (default: as it was graded)"), 0 },
	{ "least", OPTION_LEAST, "PERCENT", 0, N_("Tell pairs that have so much in common (default: 60)"), 0 },
	{ 0 },
};

struct request {
	const char *folder, *exercise;
	unsigned least_percent;
};

struct subject {
	const struct result *result;
	struct fingerprints fingerprints;
};

struct pair {
	const struct subject *one, *other;
	struct likeness likeness;
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;
	char *problem = NULL;
	switch (key) {
	case OPTION_EXERCISE:
		request->exercise = argument;
		break;
	case OPTION_LEAST:
		problem = read_number("--least", argument, 100, &request->least_percent);
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

/* ---- what everybody has been given ---- */

static void add_given(struct fingerprints *given, const char *path)
{
	char *source = NULL;
	size_t size = 0;
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return;
	if (getdelim(&source, &size, '\0', file) > 0) {
		struct fingerprints more = winnow(source);
		fingerprints_remove(&more, given);
		fingerprints_add(given, &more);
		fingerprints_free(&more);
	}
	free(source);
	fclose(file);
}

static void add_folder(struct fingerprints *given, const char *folder)
{
	struct dirent *entry;
	DIR *entries = opendir(folder);
	while (entries != NULL && (entry = readdir(entries)) != NULL) {
		char *path = xasprintf("%s/%s", folder, entry->d_name);
		if (text_ends(entry->d_name, ".c") || text_ends(entry->d_name, ".cpp"))
			add_given(given, path);
		free(path);
	}
	if (entries != NULL)
		closedir(entries);
}

static int read_given(const char *name, struct fingerprints *given, struct fault *fault)
{
	struct site site;
	struct exercise exercise = { 0 };
	int r = site_locate(&site, fault);
	if (r == 0)
		r = site_exercise(&site, name, &exercise, fault);
	if (r == 0) {
		char *starter = xasprintf("%s/starter.c", exercise.folder);
		char *own = xasprintf("%s/solutions", exercise.folder);
		char *ours = xasprintf("%s/../solutions/%s", site.exercises, exercise.id);
		add_given(given, starter);
		add_folder(given, own);
		add_folder(given, ours);
		free(starter);
		free(own);
		free(ours);
	}
	manifest_free(&exercise);
	site_free(&site);
	return r;
}

/* ---- the class ---- */

static const char *name_of(const struct subject *subject)
{
	const struct student *student = &subject->result->student;
	return student->name != NULL ? student->name : student->key;
}

static void print_name(const struct subject *subject, const char *behind)
{
	char *safe = escape_terminal(name_of(subject), false);
	printf("%s%s", safe, behind);
	free(safe);
}

static bool same_file(const struct subject *one, const struct subject *other)
{
	const char *a = one->result->sha256, *b = other->result->sha256;
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static size_t print_equal(const struct subject *subjects, size_t n)
{
	size_t groups = 0;
	bool *told = xcalloc(n + 1, sizeof(*told));
	for (size_t i = 0; i < n; i++) {
		bool alone = true;
		for (size_t k = i + 1; k < n && !told[i]; k++) {
			if (!same_file(&subjects[i], &subjects[k]))
				continue;
			if (alone) {
				fputs(groups++ == 0 ? _("The same file, byte by byte:\n") : "", stdout);
				fputs("  ", stdout);
				print_name(&subjects[i], "");
			}
			alone = false;
			told[k] = true;
			fputs(", ", stdout);
			print_name(&subjects[k], "");
		}
		if (!alone)
			putchar('\n');
	}
	free(told);
	return groups;
}

static double share_of(const struct likeness *likeness)
{
	return 100.0 * (double)likeness->common / (double)likeness->of;
}

static int by_share(const void *a, const void *b)
{
	const struct pair *one = a, *other = b;
	double x = share_of(&one->likeness), y = share_of(&other->likeness);
	if (x < y || x > y)
		return x < y ? 1 : -1;
	if (one->likeness.common != other->likeness.common)
		return one->likeness.common < other->likeness.common ? 1 : -1;
	int order = strcmp(one->one->result->student.key, other->one->result->student.key);
	return order != 0 ? order : strcmp(one->other->result->student.key, other->other->result->student.key);
}

/* Of very short sources everything is alike. */
static struct pair *find_pairs(const struct subject *subjects, size_t n, unsigned least_percent, size_t *n_pairs)
{
	enum { COMMON_LEAST = 4 };
	struct pair *pairs = NULL;
	*n_pairs = 0;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = i + 1; k < n; k++) {
			struct likeness likeness =
			    fingerprints_compare(&subjects[i].fingerprints, &subjects[k].fingerprints);
			if (likeness.common < COMMON_LEAST || share_of(&likeness) < least_percent ||
			    same_file(&subjects[i], &subjects[k]))
				continue;
			pairs = xrealloc(pairs, (*n_pairs + 1) * sizeof(*pairs));
			pairs[(*n_pairs)++] = (struct pair){ &subjects[i], &subjects[k], likeness };
		}
	}
	if (*n_pairs > 1)
		qsort(pairs, *n_pairs, sizeof(*pairs), by_share);
	return pairs;
}

static void print_pairs(const struct pair *pairs, size_t n)
{
	enum { TOLD = 200 };
	for (size_t i = 0; i < n && i < TOLD; i++) {
		const struct likeness *likeness = &pairs[i].likeness;
		printf("%s  %3.0f %%  ",
		       i == 0 ? _("Passages in common, without names, comments, the starter and the solutions:\n") : "",
		       share_of(likeness));
		print_name(pairs[i].one, "");
		printf(_(" (lines %u to %u), "), likeness->first[0], likeness->last[0]);
		print_name(pairs[i].other, "");
		printf(_(" (lines %u to %u): %zu of %zu passages\n"), likeness->first[1], likeness->last[1],
		       likeness->common, likeness->of);
	}
	if (n > TOLD)
		printf(_("  and %zu more pairs\n"), n - TOLD);
}

static void compare_class(const struct request *request, struct subject *subjects, size_t n, size_t n_without)
{
	size_t n_pairs, groups = print_equal(subjects, n);
	struct pair *pairs = find_pairs(subjects, n, request->least_percent, &n_pairs);
	print_pairs(pairs, n_pairs);
	if (groups == 0 && n_pairs == 0)
		puts(_("Nothing is alike."));
	else
		puts(_("This is a list to look at, and no verdict: short exercises have few ways to be right."));
	if (n_without > 0)
		printf(_("%zu without a source (shared objects, or nothing to grade) are compared as files only.\n"),
		       n_without);
	free(pairs);
}

static const char *exercise_of(struct result *const *results, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (results[i]->exercise != NULL)
			return results[i]->exercise_folder != NULL ? results[i]->exercise_folder : results[i]->exercise;
	}
	return NULL;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = "RESULTS",
		.doc = N_(
		    "Lists submissions that are alike, for a person to look at: equal files, then passages in common."),
	};
	struct request request = { .least_percent = 60 };
	struct fault fault = { 0 };
	struct fingerprints given = { 0 };
	struct result **results = NULL;
	size_t n = 0, n_without = 0;
	int status = EXIT_ALL_PASS;
	if (!parse_arguments(&argp, argc, argv, &request))
		return EXIT_TROUBLE;
	if (store_read_all(request.folder, STORE_ALL, &results, &n, &fault) < 0)
		status = complain("%s", fault.message);
	const char *exercise = request.exercise != NULL ? request.exercise : exercise_of(results, n);
	if (status == EXIT_ALL_PASS && exercise != NULL && read_given(exercise, &given, &fault) < 0)
		status = complain(_("%s (--exercise says where it is)"), fault.message);
	struct subject *subjects = xcalloc(n + 1, sizeof(*subjects));
	for (size_t i = 0; i < n; i++) {
		const char *source = results[i]->source_text;
		subjects[i] = (struct subject){ results[i], winnow(source != NULL ? source : "") };
		fingerprints_remove(&subjects[i].fingerprints, &given);
		n_without += source == NULL;
	}
	if (status == EXIT_ALL_PASS)
		compare_class(&request, subjects, n, n_without);
	for (size_t i = 0; i < n; i++) {
		fingerprints_free(&subjects[i].fingerprints);
		result_destroy(results[i]);
	}
	free(subjects);
	free(results);
	fingerprints_free(&given);
	fault_free(&fault);
	return status;
}

const struct command command_similar = { "similar", N_("RESULTS"), N_("list submissions that are alike"), run };
