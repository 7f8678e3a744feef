#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "language.h"
#include "manifest.h"
#include "site.h"
#include "text.h"
#include "translate.h"

struct request {
	const char *exercise, *folder;
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct request *request = state->input;
	switch (key) {
	case ARGP_KEY_ARG:
		if (state->arg_num == 0)
			request->exercise = argument;
		else if (state->arg_num == 1)
			request->folder = argument;
		else
			argp_error(state, _("one exercise and one folder only"));
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, _("which exercise? ‘syncgrade exercises’ lists them"));
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

static int make_kit(const struct exercise *exercise, const char *folder)
{
	char *source = xasprintf("%s.c", exercise->id);
	int status = EXIT_ALL_PASS;
	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		status = complain("%s: %s", folder, strerror(errno));
	if (status == EXIT_ALL_PASS)
		status = copy_to(exercise, "starter.c", folder, source);
	if (status == EXIT_ALL_PASS)
		status = copy_to(exercise, "README.md", folder, "README.md");
	if (status == EXIT_ALL_PASS)
		printf(_("\nRead %s/README.md, write %s/%s, then:\n  syncgrade grade %s/%s\n"), folder, folder, source,
		       folder, source);
	free(source);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.children = language_children,
		.args_doc = N_("EXERCISE [FOLDER]"),
		.doc = N_("Makes a folder to work in (default: named as the exercise): the handout and a starter that "
			  "builds."),
	};
	struct request request = { 0 };
	struct fault fault = { 0 };
	struct exercise exercise = { 0 };
	struct site site;
	int status;
	argp_err_exit_status = EXIT_TROUBLE;
	if (argp_parse(&argp, argc, argv, 0, NULL, &request) != 0)
		return EXIT_TROUBLE;
	if (site_locate(&site, &fault) < 0 || site_exercise(&site, request.exercise, &exercise, &fault) < 0)
		status = complain("%s", fault.message);
	else
		status = make_kit(&exercise, request.folder != NULL ? request.folder : exercise.id);
	manifest_free(&exercise);
	site_free(&site);
	fault_free(&fault);
	return status;
}

const struct command command_new = { "new", N_("EXERCISE [FOLDER]"), N_("a starter kit to work in"), run };
