#include "own.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "kinds.h"
#include "manifest.h"
#include "template.h"
#include "text.h"

enum { NAME_MAX_LENGTH = 48 };

/* Names become parts of paths and of check ids. */
static int check_name(const char *what, const char *name)
{
	if (name[0] == '\0' || name[0] == '-' || strlen(name) > NAME_MAX_LENGTH ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(name))
		return complain("--%s “%s”: use lower-case letters, digits, - and _ only, %d at most; a folder comes "
				"after it: syncgrade new --%s my-own some/folder/my-own",
				what, name, NAME_MAX_LENGTH, what);
	if (strcmp(name, "starter") == 0)
		return complain("--%s starter: starter.c is what students begin with; take another name", what);
	return EXIT_ALL_PASS;
}

static int check_kind(const char *kind)
{
	if (kind_from_name(kind) != PLUGIN_NONE)
		return EXIT_ALL_PASS;
	struct text known = { 0 };
	kind_list(&known, "", "or");
	complain("--plugin %s: there is no such kind of plugin; write %s", kind, known.data);
	text_free(&known);
	return EXIT_TROUBLE;
}

static const char *shell_quote_needed(const char *path)
{
	return path[strcspn(path, " \t'\"$&|;<>()*?[]#~\\`!{}")] != '\0' ? "'" : "";
}

/* ---- an exercise ---- */

struct part {
	const char *template, *to, *variant; /* `to` NULL: <name>.c */
};

static const struct part parts[] = {
	{ "exercise.yaml.in", MANIFEST_FILE, NULL },        { "README.md.in", "README.md", NULL },
	{ "plugin.c.in", "starter.c", "starter" },          { "workload.c.in", NULL, NULL },
	{ "plugin.c.in", "solutions/mutex.c", "solution" }, { "plugin.c.in", "mutants/first.c", "mutant" },
	{ "mutant.yaml.in", "mutants/first.yaml", NULL },   { "CMakeLists.txt.in", "CMakeLists.txt", NULL },
};

static int make_part(const struct site *site, const struct part *part, struct template_words words, const char *folder)
{
	struct fault fault = { 0 };
	char *to = part->to != NULL ? xasprintf("%s/%s", folder, part->to) : xasprintf("%s/%s.c", folder, words.name);
	int status = EXIT_ALL_PASS;
	words.variant = part->variant;
	if (template_make(site->templates, part->template, &words, to, &fault) < 0)
		status = complain("%s", fault.message);
	else
		printf("%s\n", to);
	fault_free(&fault);
	free(to);
	return status;
}

static int make_folder(const char *folder, const char *inside)
{
	char *path = inside != NULL ? xasprintf("%s/%s", folder, inside) : xstrdup(folder);
	int status = EXIT_ALL_PASS;
	if (mkdir(path, 0777) < 0)
		status = errno == EEXIST ? complain("%s exists already; nothing was made", path)
					 : complain("%s: %s", path, strerror(errno));
	free(path);
	return status;
}

/* "a/b/" → "a/b". The caller owns it. */
static char *without_slashes(const char *path)
{
	size_t length = strlen(path);
	while (length > 1 && path[length - 1] == '/')
		length--;
	return xstrndup(path, length);
}

static int check_folder(const char *name, const char *folder)
{
	const char *slash = strrchr(folder, '/'), *last = slash != NULL ? slash + 1 : folder;
	if (strcmp(last, name) == 0)
		return EXIT_ALL_PASS;
	return complain("%s: the folder of an exercise is called what the exercise is: give %s%s%s", folder, folder,
			strcmp(folder, "/") == 0 ? "" : "/", name);
}

static void tell_exercise(const char *folder)
{
	const char *quote = shell_quote_needed(folder);
	const char *here = strchr(folder, '/') == NULL ? "./" : "";
	printf("\nNow:\n"
	       "  syncgrade verify %s%s%s%s\n"
	       "  syncgrade grade --exercise %s%s%s%s %s%s/solutions/mutex.c%s\n"
	       "and see the instructors' guide, share/doc/syncgrade/instructors.md.\n",
	       quote, here, folder, quote, quote, here, folder, quote, quote, folder, quote);
}

int own_exercise(const struct site *site, const char *name, const char *kind, const char *folder)
{
	kind = kind != NULL ? kind : kind_name(PLUGIN_LOCK);
	char *path = without_slashes(folder != NULL ? folder : name);
	const struct template_words words = { .name = name, .kind = kind, .words = kind_words(kind) };
	int status = check_name("exercise", name);
	if (status == EXIT_ALL_PASS)
		status = check_kind(kind);
	if (status == EXIT_ALL_PASS)
		status = check_folder(name, path);
	if (status == EXIT_ALL_PASS)
		status = make_folder(path, NULL);
	if (status == EXIT_ALL_PASS)
		status = make_folder(path, "solutions");
	if (status == EXIT_ALL_PASS)
		status = make_folder(path, "mutants");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && status == EXIT_ALL_PASS; i++)
		status = make_part(site, &parts[i], words, path);
	if (status == EXIT_ALL_PASS)
		tell_exercise(path);
	free(path);
	return status;
}

/* ---- a workload ---- */

/* What the exercise in the folder is about, if there is one that can be read. The caller owns it. */
static char *find_kind(const char *folder)
{
	struct exercise exercise = { 0 };
	struct fault fault = { 0 };
	char *kind =
	    manifest_read(folder, &exercise, &fault) == 0 ? xstrdup(exercise.plugin) : xstrdup(kind_name(PLUGIN_LOCK));
	manifest_free(&exercise);
	fault_free(&fault);
	return kind;
}

static void tell_workload(const char *name)
{
	printf("\nIn the exercise.yaml beside it, name it, and judge something of it:\n"
	       "workloads:\n"
	       "  - name: %s\n"
	       "    explore: { threads: 2, rounds: 2, max_executions: 20000 }\n"
	       "    tsan: { threads: 3, rounds: 100, trials: 1, time_ms: 300 }\n"
	       "    native: { threads: 4, rounds: 1000, trials: 2, time_ms: 100 }\n"
	       "checks:\n"
	       "  - { workload: %s, property: progress, engines: [explore, tsan, native], points: 0 }\n",
	       name, name);
}

int own_workload(const struct site *site, const char *name, const char *kind, const char *folder)
{
	const char *where = folder != NULL ? folder : ".";
	char *found = kind != NULL ? xstrdup(kind) : find_kind(where);
	const struct part part = { "workload.c.in", NULL, NULL };
	const struct template_words words = { .name = name, .kind = found, .words = kind_words(found) };
	int status = check_name("workload", name);
	if (status == EXIT_ALL_PASS)
		status = check_kind(found);
	if (status == EXIT_ALL_PASS)
		status = make_part(site, &part, words, where);
	if (status == EXIT_ALL_PASS)
		tell_workload(name);
	free(found);
	return status;
}
