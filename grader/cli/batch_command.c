#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "allowance.h"
#include "batch.h"
#include "command.h"
#include "compare_grades.h"
#include "earlier.h"
#include "escape.h"
#include "language.h"
#include "line.h"
#include "manifest.h"
#include "scratch.h"
#include "store.h"
#include "text.h"
#include "translate.h"
#include "unpack.h"

enum batch_option {
	OPTION_RESULTS = 'o',
	OPTION_JOBS = 'j',
	OPTION_EXERCISE = 'e',
	OPTION_ROSTER = 'r',
	OPTION_ONLY = 256,
	OPTION_AGAIN,
	OPTION_SHARD,
	OPTION_DRY_RUN,
	OPTION_REQUIRE_SANDBOX,
	OPTION_EXIT_ZERO,
	OPTION_COMPARE
};

static const struct argp_option options[] = {
	{ "results", OPTION_RESULTS, "FOLDER", 0, N_("Where the results go, one file each (needed)"), 0 },
	{ "exercise", OPTION_EXERCISE, "ID|FOLDER", 0,
	  N_("Grade as this exercise (default: from each exported symbol)"), 0 },
	{ "jobs", OPTION_JOBS, "N", 0,
	  N_("So many at the same time (default: as many as this process may use processors, and has memory for)"), 0 },
	{ "roster", OPTION_ROSTER, "CSV", 0, N_("The class list: names and ids; tells who submitted nothing"), 0 },
	{ "only", OPTION_ONLY, "STUDENT", 0, N_("Only this one (key, name or id)"), 0 },
	{ "again", OPTION_AGAIN, NULL, 0, N_("Also what is graded already"), 0 },
	{ "compare", OPTION_COMPARE, NULL, 0,
	  N_("Grade, store nothing, and tell who gains and who loses by it, and why (with --again: of all)"), 0 },
	{ "dry-run", OPTION_DRY_RUN, NULL, 0, N_("Grade nothing: tell what would be graded, and why"), 0 },
	{ "require-sandbox", OPTION_REQUIRE_SANDBOX, "LEVEL", 0,
	  N_("Grade nothing if the machine does not allow this: strict, no-cgroup, no-namespaces, minimal"), 0 },
	{ "exit-zero", OPTION_EXIT_ZERO, NULL, 0, N_("Exit status 0 also if submissions fail: they are graded"), 0 },
	{ "shard", OPTION_SHARD, "K/N", 0, N_("Only the K-th of N parts, for N machines that write one folder"), 0 },
	{ 0 },
};

struct request {
	struct batch_options batch;
	const char *submissions, *roster;
	const char *sandbox; /* level required; NULL: any */
	bool terminal, dry_run, exit_zero, compare;
};

static char *parse_number(const char *text, unsigned least, unsigned most, unsigned *number)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);
	if (end == text || *end != '\0' || value < least || value > most)
		return xasprintf(_("“%s” is not a number from %u to %u"), text, least, most);
	*number = (unsigned)value;
	return NULL;
}

static char *parse_shard(const char *text, struct batch_options *batch)
{
	char rest;
	if (sscanf(text, "%u/%u%c", &batch->shard, &batch->shards, &rest) != 2 || batch->shard < 1 ||
	    batch->shard > batch->shards)
		return xasprintf(_("--shard takes K/N with 1 ≤ K ≤ N, not “%s”"), text);
	return NULL;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;
	char *problem = NULL;
	switch (key) {
	case OPTION_RESULTS:
		request->batch.results = argument;
		break;
	case OPTION_EXERCISE:
		request->batch.grade.exercise = argument;
		break;
	case OPTION_JOBS:
		problem = parse_number(argument, 1, 1024, &request->batch.jobs);
		break;
	case OPTION_ROSTER:
		request->roster = argument;
		break;
	case OPTION_ONLY:
		request->batch.only = argument;
		break;
	case OPTION_AGAIN:
		request->batch.again = true;
		break;
	case OPTION_DRY_RUN:
		request->dry_run = true;
		break;
	case OPTION_REQUIRE_SANDBOX:
		request->sandbox = argument;
		break;
	case OPTION_COMPARE:
		request->compare = true;
		break;
	case OPTION_EXIT_ZERO:
		request->exit_zero = true;
		break;
	case OPTION_SHARD:
		problem = parse_shard(argument, &request->batch);
		break;
	case ARGP_KEY_ARG:
		if (state->arg_num > 0)
			argp_error(state, _("one folder or archive only"));
		request->submissions = argument;
		break;
	case ARGP_KEY_END:
		if (request->submissions == NULL)
			argp_error(state, _("which submissions? Give a folder or an archive"));
		if (request->batch.results == NULL)
			argp_error(state, _("where do the results go? -o FOLDER"));
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	if (problem != NULL)
		argp_error(state, "%s", problem);
	return 0;
}

/* ---- progress ---- */

static void show(void *context, const struct batch_progress *progress)
{
	const struct request *request = context;
	double seconds = (double)progress->elapsed_ms / 1000.0;
	/* What was graded before takes no time, and says nothing of how long the rest will take. */
	double rate = seconds > 0 ? (double)(progress->done - progress->unchanged) / seconds : 0;
	if (!request->terminal) {
		fprintf(stderr, "%zu/%zu %s: %s\n", progress->done, progress->total, progress->last,
			_(progress->last_outcome));
		return;
	}
	enum { BAR = 30 };
	int filled = progress->total > 0 ? (int)(progress->done * BAR / progress->total) : BAR;
	line_clear();
	fprintf(stderr, "[%.*s%*s] ", filled, "##############################", BAR - filled, "");
	fprintf(stderr, _("%zu/%zu  %.1f a second, %.0f s left"), progress->done, progress->total, rate,
		rate > 0 ? (double)(progress->total - progress->done) / rate : 0.0);
}

static void summarize(const struct request *request, const struct batch_progress *progress)
{
	if (request->terminal)
		line_clear();
	printf(ngettext("%zu submission: %zu pass, %zu fail, %zu not graded (not their fault); %zu unchanged; %.1f s\n",
			"%zu submissions: %zu pass, %zu fail, %zu not graded (not their fault); %zu unchanged; %.1f "
			"s\n",
			progress->total),
	       progress->total, progress->passed, progress->failed, progress->errors, progress->unchanged,
	       (double)progress->elapsed_ms / 1000.0);
	if (progress->points > 0)
		printf(_("%zu with other points, from what was seen when they were graded: only points have changed\n"),
		       progress->points);
	if (progress->stale > 0)
		printf(_("%zu stale: graded with another manifest, workload or header of the exercise under the same "
			 "version; "
			 "--again grades them anew\n"),
		       progress->stale);
	printf(_("results in %s; see: syncgrade report %s\n"), request->batch.results, request->batch.results);
}

/* ---- the roster ---- */

/* Whatever stands in a name, the terminal gets it harmless. */
static void tell_student(const char *key, const char *what)
{
	char *safe = escape_terminal(key, false), *safe_what = escape_terminal(what, false);
	fprintf(stderr, "syncgrade: %s: %s\n", safe, safe_what);
	free(safe);
	free(safe_what);
}

/* Of two submissions for one row nobody knows which counts. */
static void tell_conflicts(struct found_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct found *found = &list->list[i];
		if (found->in_roster != NULL && found->in_roster->seen > 1)
			text_replace(&found->student.conflict,
				     xasprintf(_("one of %u submissions for one row of the roster (%s)"),
					       found->in_roster->seen, found->student.name));
		if (found->student.conflict != NULL) {
			char *what = xasprintf(_("%s: no gradebook gets it"), found->student.conflict);
			tell_student(found->student.key, what);
			free(what);
		} else if (found->in_roster == NULL) {
			tell_student(found->student.key, _("is not in the roster"));
		}
	}
}

static void apply_roster(const char *path, struct roster *roster, struct found_list *list)
{
	if (roster->encoding != NULL)
		fprintf(stderr, _("syncgrade: %s is not UTF-8; it was read as %s\n"), path, roster->encoding);
	for (size_t i = 0; i < list->n; i++)
		list->list[i].in_roster = roster_match(roster, &list->list[i].student);
	tell_conflicts(list);
	for (size_t i = 0; i < roster->n; i++) {
		const struct roster_entry *entry = &roster->entries[i];
		const char *id = entry->id != NULL ? entry->id : entry->platform_id;
		if (entry->seen == 0)
			printf(_("no submission: %s%s%s%s\n"), entry->name != NULL ? entry->name : "",
			       id != NULL ? " (" : "", id != NULL ? id : "", id != NULL ? ")" : "");
	}
}

static void tell_ignored(const struct found_list *list)
{
	enum { TOLD_MAX = 10 };
	if (list->n_ignored == 0)
		return;
	fputs(_("syncgrade: taken for nobody's submission:"), stderr);
	for (size_t i = 0; i < list->n_ignored && i < TOLD_MAX; i++) {
		char *safe = escape_terminal(list->ignored[i], false);
		fprintf(stderr, "%s %s", i > 0 ? "," : "", safe);
		free(safe);
	}
	if (list->n_ignored > TOLD_MAX)
		fprintf(stderr, _(" and %zu more"), list->n_ignored - TOLD_MAX);
	fputc('\n', stderr);
}

/* An archive in place of the folder is unpacked. Returns the folder, which the caller owns. */
static char *open_submissions(const char *path, const char *scratch, bool *unpacked, struct fault *fault)
{
	struct stat status;
	if (stat(path, &status) < 0) {
		fault_machine(fault, errno, "%s", path);
		return NULL;
	}
	*unpacked = !S_ISDIR(status.st_mode);
	if (!*unpacked)
		return xstrdup(path);
	struct unpacked unpacked_counts;
	char *folder = xasprintf("%s/all", scratch);
	if (archive_unpack(path, folder, &unpacked_counts, fault) < 0) {
		free(folder);
		return NULL;
	}
	if (unpacked_counts.outside > 0)
		fprintf(stderr,
			_("syncgrade: %s: %zu entries that lead out of it, or are neither files nor folders, were left "
			  "out\n"),
			path, unpacked_counts.outside);
	return folder;
}

/* What is wrong with the exercise would be wrong for each submission. */
static int check_exercise(const struct request *request, const struct site *site, struct fault *fault)
{
	struct exercise exercise = { 0 };
	int r = request->batch.grade.exercise != NULL
		    ? site_exercise(site, request->batch.grade.exercise, &exercise, fault)
		    : 0;
	if (r == 0 && request->batch.grade.exercise != NULL)
		r = site_prepare(site, &exercise, fault);
	manifest_free(&exercise);
	return r;
}

static int make_folder(const char *path, struct fault *fault)
{
	return mkdir(path, 0700) < 0 ? fault_machine(fault, errno, "%s", path) : 0;
}

/* Grades of two exercises in one folder would replace each other. */
static int check_earlier(const struct request *request, const struct site *site, struct fault *fault)
{
	struct exercise exercise = { 0 };
	if (request->batch.grade.exercise == NULL || request->batch.again)
		return 0;
	int r = site_exercise(site, request->batch.grade.exercise, &exercise, fault);
	char *other = r == 0 ? earlier_other_exercise(request->batch.results, exercise.id) : NULL;
	if (other != NULL)
		r = fault_exercise(
		    fault,
		    _("%s has grades of the exercise %s: give another folder to %s (--again replaces those of the "
		      "students who are graded)"),
		    request->batch.results, other, exercise.id);
	free(other);
	manifest_free(&exercise);
	return r;
}

static void tell_left(const struct request *request, const struct found_list *list)
{
	size_t n;
	char **keys = earlier_left(request->batch.results, list, &n);
	for (size_t i = 0; i < n; i++) {
		tell_student(keys[i],
			     _("has a result from an earlier batch, and is not among the submissions any more"));
		free(keys[i]);
	}
	free(keys);
}

static int forecast(const struct request *request, const struct site *site, const struct found_list *list)
{
	static const char *const words[] = {
		[EARLIER_NONE] = N_("would be graded: has no grade yet"),
		[EARLIER_CHANGED] = N_("would be graded again: the submission or the exercise's version has changed"),
		[EARLIER_REMARKS] = N_(
		    "would be graded again: a check has become a remark, or a remark a check, under the same version"),
		[EARLIER_POINTS] = N_("would get other points, from what was seen: only points have changed"),
		[EARLIER_STALE] = N_("would be kept, stale: the exercise has changed under the same version"),
		[EARLIER_UNCHANGED] = N_("would be kept: unchanged"),
	};
	struct earlier_exercises exercises = earlier_exercises(site, &request->batch);
	for (size_t i = 0; i < list->n; i++) {
		struct result *stored;
		if (!batch_is_wanted(&request->batch, &list->list[i], i))
			continue;
		enum earlier earlier = earlier_of(&exercises, &request->batch, &list->list[i], &stored);
		char *key = escape_terminal(list->list[i].student.key, false);
		printf("%s: %s\n", key, _(words[earlier]));
		free(key);
		result_destroy(stored);
	}
	earlier_exercises_free(&exercises);
	return EXIT_ALL_PASS;
}

/* What allows fewer at a time than the machine has processors is told: it is not seen otherwise. */
static void choose_jobs(struct request *request)
{
	struct allowance allowance = allowance_read();
	const char *by;
	if (request->batch.jobs != 0)
		return;
	request->batch.jobs = allowance_jobs(&allowance, &by);
	if (strcmp(by, "machine") != 0)
		fprintf(stderr, _("syncgrade: %u at a time: %s allows no more (--jobs overrules that)\n"),
			request->batch.jobs, by);
}

static int grade_class(struct request *request, const struct site *site, const char *scratch, struct fault *fault)
{
	struct found_list list = { 0 };
	struct roster roster = { 0 };
	struct batch_progress progress = { 0 };
	int status = EXIT_TROUBLE;
	char *unpacked = xasprintf("%s/each", scratch), *apart = xasprintf("%s/compared", scratch);
	bool is_archive = false;
	char *folder = check_exercise(request, site, fault) < 0
			   ? NULL
			   : open_submissions(request->submissions, scratch, &is_archive, fault);
	if (folder == NULL || make_folder(unpacked, fault) < 0 ||
	    found_read(folder, request->submissions, is_archive, request->batch.results, unpacked, &list, fault) < 0 ||
	    (request->roster != NULL && roster_read(request->roster, &roster, fault) < 0) ||
	    store_open(request->batch.results, fault) < 0)
		goto out;
	if (list.n == 0) {
		fault_exercise(fault, _("%s: no submissions in it: no folders, .c, .so or archives"),
			       request->submissions);
		goto out;
	}
	if (check_earlier(request, site, fault) < 0)
		goto out;
	tell_ignored(&list);
	tell_left(request, &list);
	if (request->roster != NULL)
		apply_roster(request->roster, &roster, &list);
	if (request->dry_run) {
		status = forecast(request, site, &list);
		goto out;
	}
	choose_jobs(request);
	if (request->compare && (make_folder(apart, fault) < 0 || store_open(apart, fault) < 0))
		goto out;
	request->batch.save_to = request->compare ? apart : NULL;
	if (batch_run(site, &request->batch, &list, &progress, fault) < 0)
		goto out;
	if (progress.total == 0 && request->batch.only != NULL) {
		fault_exercise(fault, _("--only %s: there is no submission of that key, name or id"),
			       request->batch.only);
		goto out;
	}
	if (request->compare)
		compare_print(stdout, request->batch.results, apart);
	else
		summarize(request, &progress);
	status = progress.errors > 0                          ? EXIT_TROUBLE
		 : progress.failed > 0 && !request->exit_zero ? EXIT_SOME_FAIL
							      : EXIT_ALL_PASS;
out:
	if (fault->message != NULL) {
		if (request->terminal)
			line_clear();
		complain("%s", fault->message);
	}
	roster_free(&roster);
	found_free(&list);
	free(folder);
	free(unpacked);
	free(apart);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = "FOLDER|ARCHIVE -o RESULTS",
		.doc = N_("Grades a class: a folder per student, flat files, or archives of these, as Moodle, Canvas "
			  "and GitHub "
			  "Classroom hand them out. Stopped at any time, it goes on where it was.\vExit status: 0 all "
			  "pass; 1 "
			  "some fail; 2 some could not be graded, or the command line is at fault."),
	};
	struct request request = { .terminal = line_possible() };
	struct fault fault = { 0 };
	struct site site;
	struct scratch scratch = { .lock_fd = -1 };
	int status;
	request.batch.progress = show;
	request.batch.progress_context = &request;
	if (!parse_arguments(&argp, argc, argv, &request))
		return EXIT_TROUBLE;
	if (site_locate(&site, &fault) < 0 ||
	    (request.sandbox != NULL && site_require_sandbox(&site, request.sandbox, &fault) < 0) ||
	    scratch_open(&scratch, &fault) < 0)
		status = complain("%s", fault.message);
	else
		status = grade_class(&request, &site, scratch.path, &fault);
	scratch_close(&scratch);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_batch = { "batch", N_("FOLDER|ARCHIVE -o RESULTS"), N_("grade a class"), run };
