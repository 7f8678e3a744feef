#include "site.h"

#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "header.h"
#include "kind.h"
#include "manifest.h"
#include "referee.h"
#include "sandbox.h"
#include "text.h"
#include "translate.h"
#include "workshop.h"

static char *program_folder(void)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	if (length < 0)
		return NULL;
	path[length] = '\0';
	return xstrdup(dirname(path));
}

/* The folder of the program, or the one above it (bin/), that has the workers. */
char *site_root(void)
{
	static const char *const above[] = { "", "/.." };
	char *folder = program_folder(), *root = NULL;
	for (size_t i = 0; folder != NULL && root == NULL && i < 2; i++) {
		char *worker = xasprintf("%s%s/libexec/syncgrade/syncgrade-worker", folder, above[i]);
		char *candidate = xasprintf("%s%s", folder, above[i]);
		if (access(worker, X_OK) == 0)
			root = realpath(candidate, NULL);
		free(candidate);
		free(worker);
	}
	free(folder);
	return root;
}

/* Takes the message over. */
static int refuse(struct fault *fault, int r, char *message)
{
	fault->owner = FAULT_MACHINE;
	text_replace(&fault->message, message);
	return r;
}

static int parse_level(const char *name, enum sandbox_level *level, struct fault *fault)
{
	if (sandbox_level_from_name(name, level))
		return 0;
	struct text known = { 0 };
	for (int i = SANDBOX_LEVEL_COUNT - 1; i >= 0; i--)
		text_printf(&known, "%s%s", known.length > 0 ? ", " : "", sandbox_level_name((enum sandbox_level)i));
	int r = refuse(fault, -EINVAL, xasprintf(_("there is no sandbox level “%s”; there are: %s"), name, known.data));
	text_free(&known);
	return r;
}

static int make_sandbox(struct site *site, struct fault *fault)
{
	const char *name = getenv("SYNCGRADE_SANDBOX");
	enum sandbox_level at_most = SANDBOX_STRICT;
	int r = name != NULL && name[0] != '\0' ? parse_level(name, &at_most, fault) : 0;
	if (r == 0)
		site->sandbox = sandbox_create(at_most);
	return r;
}

int site_require_sandbox(const struct site *site, const char *level_name, struct fault *fault)
{
	enum sandbox_level wanted, there = sandbox_level(site->sandbox);
	int r = parse_level(level_name, &wanted, fault);
	if (r < 0 || there >= wanted)
		return r;
	return refuse(fault, -EPERM,
		      xasprintf(_("nothing is graded: the sandbox is only “%s”, not “%s”:\n%s"),
				sandbox_level_name(there), level_name, sandbox_missing(site->sandbox)));
}

int site_locate(struct site *site, struct fault *fault)
{
	*site = (struct site){ .root = site_root(), .workshop = workshop_create() };
	if (site->root == NULL)
		return fault_machine(
		    fault, ENOENT,
		    _("libexec/syncgrade/syncgrade-worker is neither beside this program nor beside its folder"));
	site->worker = xasprintf("%s/libexec/syncgrade/syncgrade-worker", site->root);
	site->worker_tsan = xasprintf("%s/libexec/syncgrade/syncgrade-worker-tsan", site->root);
	site->referee = xasprintf("%s/libexec/syncgrade/syncgrade-referee", site->root);
	site->libraries = xasprintf("%s/lib/syncgrade", site->root);
	site->workloads = xasprintf("%s/lib/syncgrade/workloads", site->root);
	site->exercises = xasprintf("%s/share/syncgrade/exercises", site->root);
	site->templates = xasprintf("%s/share/syncgrade/templates", site->root);
	site->include = xasprintf("%s/include", site->root);
	site->debugger = xasprintf("%s/share/syncgrade/replay.gdb", site->root);
	return make_sandbox(site, fault);
}

int site_check_reachable(const struct site *site, struct fault *fault)
{
	const char *temporary = getenv("TMPDIR");
	const char *const paths[] = { site->include, site->worker, site->workloads,
				      temporary != NULL && temporary[0] == '/' ? temporary : "/tmp" };
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		if (access(paths[i], F_OK) == 0 && !sandbox_reaches(site->sandbox, paths[i]))
			return fault_machine(
			    fault, 0,
			    _("%s: submissions run as another user than root here, who cannot come to it: "
			      "chmod o+x the folders above it, or move it (to /opt, say)"),
			    paths[i]);
	}
	return 0;
}

void site_free(struct site *site)
{
	free(site->root);
	free(site->worker);
	free(site->worker_tsan);
	free(site->referee);
	sandbox_destroy(site->sandbox);
	workshop_destroy(site->workshop);
	free(site->libraries);
	free(site->workloads);
	free(site->exercises);
	free(site->templates);
	free(site->include);
	free(site->debugger);
	*site = (struct site){ 0 };
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* The folders that have a manifest. */
char **site_exercise_ids(const struct site *site)
{
	struct dirent **entries;
	int n = scandir(site->exercises, &entries, visible, alphasort);
	if (n < 0)
		return NULL;
	char **ids = xcalloc((size_t)n + 1, sizeof(*ids));
	size_t count = 0;
	for (int i = 0; i < n; i++) {
		char *manifest = xasprintf("%s/%s/%s", site->exercises, entries[i]->d_name, MANIFEST_FILE);
		if (access(manifest, F_OK) == 0)
			ids[count++] = xstrdup(entries[i]->d_name);
		free(manifest);
		free(entries[i]);
	}
	free(entries);
	return ids;
}

static void free_ids(char **ids)
{
	for (size_t i = 0; ids != NULL && ids[i] != NULL; i++)
		free(ids[i]);
	free(ids);
}

static char *join_ids(char *const *ids)
{
	struct text text = { 0 };
	for (size_t i = 0; ids != NULL && ids[i] != NULL; i++)
		text_printf(&text, "%s%s", i == 0 ? "" : ", ", ids[i]);
	return text_take(&text);
}

int site_exercise(const struct site *site, const char *name, struct exercise *exercise, struct fault *fault)
{
	if (strchr(name, '/') != NULL)
		return manifest_read(name, exercise, fault);
	char **ids = site_exercise_ids(site);
	int r = -ENOENT;
	for (size_t i = 0; ids != NULL && ids[i] != NULL && r == -ENOENT; i++) {
		if (strcmp(ids[i], name) != 0)
			continue;
		char *folder = xasprintf("%s/%s", site->exercises, name);
		r = manifest_read(folder, exercise, fault);
		free(folder);
		goto out;
	}
	char *known = join_ids(ids);
	fault_exercise(
	    fault,
	    _("There is no exercise “%s”. There are: %s. For one of your own, give its folder with a slash: ./%s"),
	    name, known, name);
	free(known);
out:
	free_ids(ids);
	return r;
}

int site_exercise_for(const struct site *site, const char *kind, struct exercise *exercise, struct fault *fault)
{
	char **ids = site_exercise_ids(site);
	int r = -ENOENT;
	for (size_t i = 0; ids != NULL && ids[i] != NULL; i++) {
		if (strcmp(ids[i], kind) == 0) {
			r = site_exercise(site, kind, exercise, fault);
			goto out;
		}
	}
	for (size_t i = 0; ids != NULL && ids[i] != NULL && r != 0; i++) {
		r = site_exercise(site, ids[i], exercise, fault);
		if (r == 0 && strcmp(exercise->kind.name, kind) != 0) {
			manifest_free(exercise);
			r = -ENOENT;
		}
	}
	if (r != 0)
		fault_exercise(fault, _("There is no exercise for a %s in %s."), kind, site->exercises);
out:
	free_ids(ids);
	return r;
}

bool site_exercise_is_guessed(const struct site *site, const struct exercise *exercise)
{
	struct exercise guessed = { 0 };
	struct fault fault = { 0 };
	bool same = site_exercise_for(site, exercise->kind.name, &guessed, &fault) == 0 &&
		    strcmp(guessed.id, exercise->id) == 0;
	manifest_free(&guessed);
	fault_free(&fault);
	return same;
}

static int add_installed(const struct site *site, struct kinds *kinds, struct fault *fault)
{
	char **ids = site_exercise_ids(site);
	int r = 0;
	for (size_t i = 0; r == 0 && ids != NULL && ids[i] != NULL; i++) {
		struct exercise exercise;
		r = site_exercise(site, ids[i], &exercise, fault);
		if (r == 0 && exercise.own_kind)
			kinds_add(kinds, &exercise.kind);
		manifest_free(&exercise);
	}
	free_ids(ids);
	return r;
}

int site_kinds(const struct site *site, const struct exercise *exercise, struct kinds *kinds, struct fault *fault)
{
	int r = kinds_shipped(kinds, fault);
	if (r == 0 && exercise == NULL)
		r = add_installed(site, kinds, fault);
	else if (r == 0 && exercise->own_kind)
		kinds_add(kinds, &exercise->kind);
	return r;
}

/* How messages begin that are about a workload. The caller owns it. */
static char *place_of(const struct exercise *exercise, const struct exercise_workload *workload)
{
	return xasprintf("%s/%s:%u: the workload “%s”", exercise->folder, MANIFEST_FILE, workload->line,
			 workload->name);
}

static char *own_workload(const struct site *site, const struct exercise *exercise,
			  const struct exercise_workload *workload, struct fault *fault, bool *is_own)
{
	char *source = workshop_find(exercise, workload);
	*is_own = source != NULL;
	if (source == NULL)
		return NULL;
	const char *made = workshop_make(site->workshop, site, source, exercise->include, fault);
	free(source);
	return made != NULL ? xstrdup(made) : NULL;
}

char *site_workload(const struct site *site, const struct exercise *exercise, const struct exercise_workload *workload,
		    struct fault *fault)
{
	bool is_own;
	char *own = own_workload(site, exercise, workload, fault, &is_own);
	if (is_own)
		return own;
	char *installed = xasprintf("%s/%s.so", site->workloads, workload->object);
	if (access(installed, R_OK) == 0)
		return installed;
	char *place = place_of(exercise, workload);
	fault_exercise(
	    fault,
	    "%s: there is no such workload: neither %s.c, %s.so, %s.c nor %s.so in the exercise's folder, nor "
	    "%s. Write it (syncgrade new --workload %s), or correct the name",
	    place, workload->object, workload->object, workload->name, workload->name, installed, workload->name);
	free(place);
	free(installed);
	return NULL;
}

/* The check of the workload that only the search over states can fail, which needs threads that go on for ever; NULL:
 * none. */
static const struct exercise_check *endless_check(const struct exercise *exercise,
						  const struct exercise_workload *workload)
{
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (check->workload == workload &&
		    (check->property == PROPERTY_BOUNDED_WAITING || check->property == PROPERTY_BUSY_WAITING))
			return check;
	}
	return NULL;
}

static int refuse_that_it_ends(const struct exercise *exercise, const struct exercise_workload *workload,
			       const char *object, struct fault *fault)
{
	const struct exercise_check *check = endless_check(exercise, workload);
	if (check == NULL)
		return 0;
	return fault_exercise(fault,
			      "the workload %s: it ends, so that %s (line %u) would pass whatever a plugin does: write "
			      ".flags = WORKLOAD_ENDLESS, and let thread() loop for ever, or take another workload",
			      object, check->id, check->line);
}

/* Loads it for the size that it has under one engine, as the runs will. */
static int try_workload(const struct site *site, const struct exercise *exercise,
			const struct exercise_workload *workload, enum engine_id engine, const char *object,
			struct fault *fault)
{
	const struct run_tools tools = {
		.sandbox = site->sandbox,
		.libraries = site->libraries,
		.referee = site->referee,
	};
	uint32_t flags;
	int r = referee_try(&tools, exercise, workload, engine, object, &flags, fault);
	if (r == 0 && engine == ENGINE_EXPLORE && (flags & WORKLOAD_ENDLESS) == 0)
		r = refuse_that_it_ends(exercise, workload, object, fault);
	if (r == 0 || fault->owner != FAULT_EXERCISE)
		return r;
	char *place = place_of(exercise, workload), *source = workshop_find(exercise, workload);
	char *message = text_replaced(fault->message, object, source != NULL ? source : object);
	r = fault_exercise(fault, "%s (%s): %s", place, engine_name(engine), message);
	free(message);
	free(source);
	free(place);
	return r;
}

int site_prepare(const struct site *site, const struct exercise *exercise, struct fault *fault)
{
	int r = exercise->own_kind ? header_check(site, exercise, fault) : 0;
	for (size_t i = 0; i < exercise->n_workloads && r == 0; i++) {
		const struct exercise_workload *workload = &exercise->workloads[i];
		char *source = workshop_find(exercise, workload);
		char *object = site_workload(site, exercise, workload, fault);
		if (object == NULL)
			r = fault->owner == FAULT_MACHINE ? -EIO : -EINVAL;
		bool endless = endless_check(exercise, workload) != NULL;
		for (unsigned e = 0; e < ENGINE_COUNT && r == 0; e++) {
			if (workload->size[e].threads != 0 && (source != NULL || (endless && e == ENGINE_EXPLORE)))
				r = try_workload(site, exercise, workload, (enum engine_id)e, object, fault);
		}
		free(object);
		free(source);
	}
	return r;
}
