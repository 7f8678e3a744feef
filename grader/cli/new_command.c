#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "language.h"
#include "manifest.h"
#include "own.h"
#include "site.h"
#include "text.h"
#include "translate.h"

enum new_option { OPTION_EXERCISE = 'e', OPTION_WORKLOAD = 'w', OPTION_PLUGIN = 'p', OPTION_KIND = 'k' };

static const struct argp_option options[] = {
	{ "exercise", OPTION_EXERCISE, "NAME", 0, N_("An exercise of your own, in a folder of that name"), 0 },
	{ "workload", OPTION_WORKLOAD, "NAME", 0, N_("A workload of your own: NAME.c in the folder (default: here)"),
	  0 },
	{ "plugin", OPTION_PLUGIN, "KIND", 0,
	  N_("What it is about: lock, semaphore, monitor, barrier, rwlock, bounded_buffer, philosophers (default: "
	     "lock)"),
	  0 },
	{ "kind", OPTION_KIND, NULL, 0, N_("With --exercise: about a kind of plugin of your own, with its header"), 0 },
	{ 0 },
};

struct request {
	const char *own_exercise, *own_workload, *kind;
	bool own_kind;
	char **arguments;
	unsigned n_arguments;
};

static void check_request(const struct request *request, const struct argp_state *state)
{
	bool own = request->own_exercise != NULL || request->own_workload != NULL;
	if (request->own_exercise != NULL && request->own_workload != NULL)
		argp_error(state, _("--exercise and --workload: one of them; an exercise comes with a workload"));
	if (request->kind != NULL && !own)
		argp_error(state, _("--plugin goes with --exercise or --workload"));
	if (request->own_kind && (request->own_exercise == NULL || request->kind != NULL))
		argp_error(state, _("--kind goes with --exercise, and without --plugin"));
	if (!own && request->n_arguments == 0)
		argp_error(state, _("which exercise? ‘syncgrade exercises’ lists them"));
	if (request->n_arguments > (own ? 1 : 2))
		argp_error(state, own ? _("one folder only") : _("one exercise and one folder only"));
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;
	switch (key) {
	case OPTION_EXERCISE:
		request->own_exercise = argument;
		return 0;
	case OPTION_WORKLOAD:
		request->own_workload = argument;
		return 0;
	case OPTION_PLUGIN:
		request->kind = argument;
		return 0;
	case OPTION_KIND:
		request->own_kind = true;
		return 0;
	case ARGP_KEY_ARGS:
		request->arguments = state->argv + state->next;
		request->n_arguments = (unsigned)(state->argc - state->next);
		return 0;
	case ARGP_KEY_END:
		check_request(request, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* Copies a file; never over one that is there: it may be somebody's work. Returns 0 or -errno. */
static int copy_file(const char *from, const char *to)
{
	struct stat status;
	int source = open(from, O_RDONLY | O_CLOEXEC), target = -1, r = 0;
	if (source < 0 || fstat(source, &status) < 0) {
		r = -errno;
		goto out;
	}
	target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (target < 0) {
		r = -errno;
		goto out;
	}
	for (off_t left = status.st_size; left > 0 && r == 0;) {
		ssize_t sent = sendfile(target, source, NULL, (size_t)left);
		r = sent < 0 ? -errno : sent == 0 ? -EIO : 0;
		left -= sent;
	}
out:
	if (source >= 0)
		close(source);
	if (target >= 0 && close(target) < 0 && r == 0)
		r = -errno;
	return r;
}

static int copy_to(const struct exercise *exercise, const char *name, const char *folder, const char *as)
{
	char *from = xasprintf("%s/%s", exercise->folder, name), *to = xasprintf("%s/%s", folder, as);
	int r = copy_file(from, to), status = EXIT_ALL_PASS;
	if (r == -EEXIST)
		status = complain(_("%s exists already; it was left alone"), to);
	else if (r < 0)
		status = complain("%s: %s", to, strerror(-r));
	else
		printf("%s\n", to);
	free(from);
	free(to);
	return status;
}

static int is_header(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && text_ends(entry->d_name, ".h");
}

/* The exercise's own headers, if it has any. */
static int copy_headers(const struct exercise *exercise, const char *folder)
{
	struct dirent **headers;
	int n = exercise->include != NULL ? scandir(exercise->include, &headers, is_header, alphasort) : -1;
	int status = EXIT_ALL_PASS;
	char *to = xasprintf("%s/include", folder);
	if (n > 0 && mkdir(to, 0777) < 0 && errno != EEXIST)
		status = complain("%s: %s", to, strerror(errno));
	for (int i = 0; i < n; i++) {
		char *name = xasprintf("include/%s", headers[i]->d_name);
		if (status == EXIT_ALL_PASS)
			status = copy_to(exercise, name, folder, name);
		free(name);
		free(headers[i]);
	}
	if (n >= 0)
		free(headers);
	free(to);
	return status;
}

/* `own`: how the exercise has to be named to `grade`; NULL: the submission alone is enough. */
static int make_kit(const struct exercise *exercise, const char *own, const char *folder)
{
	char *source = xasprintf("%s.c", exercise->id), *handout = language_file(exercise->folder, "README", ".md"),
	     *starter = language_file(exercise->folder, "starter", ".c");
	int status = EXIT_ALL_PASS;
	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		status = complain("%s: %s", folder, strerror(errno));
	if (status == EXIT_ALL_PASS)
		status = copy_to(exercise, starter, folder, source);
	if (status == EXIT_ALL_PASS)
		status = copy_to(exercise, handout, folder, handout);
	if (status == EXIT_ALL_PASS)
		status = copy_headers(exercise, folder);
	if (status == EXIT_ALL_PASS)
		printf(_("\nRead %s/%s, write %s/%s, then:\n  syncgrade grade %s%s%s%s/%s\n"), folder, handout, folder,
		       source, own != NULL ? "--exercise " : "", own != NULL ? own : "", own != NULL ? " " : "", folder,
		       source);
	free(starter);
	free(handout);
	free(source);
	return status;
}

static int make_starter_kit(const struct site *site, const char *name, const char *folder)
{
	struct fault fault = { 0 };
	struct exercise exercise = { 0 };
	int status = EXIT_ALL_PASS;
	if (site_exercise(site, name, &exercise, &fault) < 0)
		status = complain("%s", fault.message);
	if (status == EXIT_ALL_PASS) {
		bool guessed = strchr(name, '/') == NULL && site_exercise_is_guessed(site, &exercise);
		status = make_kit(&exercise, guessed ? NULL : name, folder != NULL ? folder : exercise.id);
	}
	manifest_free(&exercise);
	fault_free(&fault);
	return status;
}

static const char *argument(const struct request *request, unsigned index)
{
	return index < request->n_arguments ? request->arguments[index] : NULL;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = language_children,
		.args_doc = N_("EXERCISE [FOLDER]\n--exercise NAME [FOLDER]\n--workload NAME [FOLDER]"),
		.doc =
		    N_("Makes a folder to work in (default: named as the exercise): the handout and a starter that "
		       "builds. Or, for instructors, an exercise or a workload of your own to begin with. Writes over "
		       "nothing."),
	};
	struct request request = { 0 };
	struct fault fault = { 0 };
	struct site site;
	int status;
	if (!parse_arguments(&argp, argc, argv, &request))
		return EXIT_TROUBLE;
	if (site_locate(&site, &fault) < 0)
		status = complain("%s", fault.message);
	else if (request.own_kind)
		status = own_kind(&site, request.own_exercise, argument(&request, 0));
	else if (request.own_exercise != NULL)
		status = own_exercise(&site, request.own_exercise, request.kind, argument(&request, 0));
	else if (request.own_workload != NULL)
		status = own_workload(&site, request.own_workload, request.kind, argument(&request, 0));
	else
		status = make_starter_kit(&site, argument(&request, 0), argument(&request, 1));
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_new = { "new", N_("EXERCISE|--exercise NAME"),
				     N_("a starter kit, or an exercise of your own"), run };
