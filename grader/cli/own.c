#include "own.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "kind.h"
#include "language.h"
#include "manifest.h"
#include "template.h"
#include "text.h"
#include "translate.h"

enum { NAME_MAX_LENGTH = 48 };
#define KIND_STANDARD "lock"

/* Names become parts of paths and of check ids. */
static int check_name(const char *what, const char *name)
{
	if (name[0] == '\0' || name[0] == '-' || strlen(name) > NAME_MAX_LENGTH ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(name))
		return complain(_("--%s “%s”: use lower-case letters, digits, - and _ only, %d at most; a folder comes "
				  "after it: syncgrade new --%s my-own some/folder/my-own"),
				what, name, NAME_MAX_LENGTH, what);
	if (strcmp(name, "starter") == 0)
		return complain(_("--%s starter: starter.c is what students begin with; take another name"), what);
	return EXIT_ALL_PASS;
}

/* Fills *kind with the one that comes with the program under this name. */
static int find_kind(const char *name, struct plugin_kind *kind)
{
	struct kinds kinds;
	struct fault fault = { 0 };
	int status = EXIT_ALL_PASS;
	if (kinds_shipped(&kinds, &fault) < 0) {
		status = complain("%s", fault.message);
	} else if (kinds_named(&kinds, name) != NULL) {
		*kind = *kinds_named(&kinds, name);
	} else {
		struct text known = { 0 };
		kinds_list(&kinds, &known, "", "or");
		status =
		    complain(_("--plugin %s: there is no such kind of plugin; write %s; for one of your own, write "
			       "--kind instead"),
			     name, known.data);
		text_free(&known);
	}
	kinds_free(&kinds);
	fault_free(&fault);
	return status;
}

static const char *shell_quote_needed(const char *path)
{
	return path[strcspn(path, " \t'\"$&|;<>()*?[]#~\\`!{}")] != '\0' ? "'" : "";
}

/* ---- an exercise ---- */

struct part {
	const char *template, *to, *variant; /* `to` NULL: <name>.c; in it %s is the kind */
};

static const struct part parts[] = {
	{ "exercise.yaml.in", MANIFEST_FILE, NULL },        { "README.md.in", "README.md", NULL },
	{ "plugin.c.in", "starter.c", "starter" },          { "workload.c.in", NULL, NULL },
	{ "plugin.c.in", "solutions/mutex.c", "solution" }, { "plugin.c.in", "mutants/first.c", "mutant" },
	{ "mutant.yaml.in", "mutants/first.yaml", NULL },   { "CMakeLists.txt.in", "CMakeLists.txt", NULL },
};

/* Of a kind of one's own: a latch under the exercise's name, to be turned into what it shall be. */
static const struct part kind_parts[] = {
	{ "kind/exercise.yaml.in", MANIFEST_FILE, NULL },
	{ "kind/README.md.in", "README.md", NULL },
	{ "kind/header.h.in", "include/%s.h", NULL },
	{ "kind/plugin.c.in", "starter.c", "starter" },
	{ "kind/workload.c.in", NULL, NULL },
	{ "kind/plugin.c.in", "solutions/mutex.c", "solution" },
	{ "kind/plugin.c.in", "mutants/first.c", "mutant" },
	{ "kind/mutant.yaml.in", "mutants/first.yaml", NULL },
	{ "kind/CMakeLists.txt.in", "CMakeLists.txt", NULL },
};

/* "workload.ko.c.in" for "workload.c.in". The caller owns it. */
static char *in_language(const char *folder, const char *template)
{
	size_t stem = strcspn(template, ".");
	char *name = xstrndup(template, stem), *file = language_file(folder, name, template + stem);
	free(name);
	return file;
}

static int make_part(const struct site *site, const struct part *part, struct template_words words, const char *folder)
{
	struct fault fault = { 0 };
	char *file = part->to != NULL ? text_replaced(part->to, "%s", words.kind) : xasprintf("%s.c", words.name);
	char *to = xasprintf("%s/%s", folder, file), *template = in_language(site->templates, part->template);
	int status = EXIT_ALL_PASS;
	words.variant = part->variant;
	if (template_make(site->templates, template, &words, to, &fault) < 0)
		status = complain("%s", fault.message);
	else
		printf("%s\n", to);
	fault_free(&fault);
	free(template);
	free(file);
	free(to);
	return status;
}

static int make_folder(const char *folder, const char *inside)
{
	char *path = inside != NULL ? xasprintf("%s/%s", folder, inside) : xstrdup(folder);
	int status = EXIT_ALL_PASS;
	if (mkdir(path, 0777) < 0)
		status = errno == EEXIST ? complain(_("%s exists already; nothing was made"), path)
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
	if (strcmp(basename(folder), name) == 0)
		return EXIT_ALL_PASS;
	return complain(_("%s: the folder of an exercise is called what the exercise is: give %s%s%s"), folder, folder,
			strcmp(folder, "/") == 0 ? "" : "/", name);
}

static void tell_exercise(const char *folder)
{
	const char *quote = shell_quote_needed(folder);
	const char *here = strchr(folder, '/') == NULL ? "./" : "";
	printf(_("\nNow:\n"
		 "  syncgrade verify %s%s%s%s\n"
		 "  syncgrade grade --exercise %s%s%s%s %s%s/solutions/mutex.c%s\n"
		 "and see the instructors' guide, share/doc/syncgrade/instructors.md.\n"),
	       quote, here, folder, quote, quote, here, folder, quote, quote, folder, quote);
}

static int make_folders(const char *path, bool include)
{
	const char *const inside[] = { NULL, "solutions", "mutants", "include" };
	int status = EXIT_ALL_PASS;
	for (size_t i = 0; i < (include ? 4 : 3) && status == EXIT_ALL_PASS; i++)
		status = make_folder(path, inside[i]);
	return status;
}

static int make_exercise(const struct site *site, const struct template_words *words, const struct part *list, size_t n,
			 const char *folder)
{
	char *path = without_slashes(folder != NULL ? folder : words->name);
	int status = check_folder(words->name, path);
	if (status == EXIT_ALL_PASS)
		status = make_folders(path, list == kind_parts);
	for (size_t i = 0; i < n && status == EXIT_ALL_PASS; i++)
		status = make_part(site, &list[i], *words, path);
	if (status == EXIT_ALL_PASS)
		tell_exercise(path);
	free(path);
	return status;
}

int own_exercise(const struct site *site, const char *name, const char *kind, const char *folder)
{
	struct plugin_kind found;
	int status = check_name("exercise", name);
	if (status == EXIT_ALL_PASS)
		status = find_kind(kind != NULL ? kind : KIND_STANDARD, &found);
	if (status != EXIT_ALL_PASS)
		return status;
	const struct template_words words = { .name = name, .kind = found.name, .words = _(found.words) };
	return make_exercise(site, &words, parts, sizeof(parts) / sizeof(parts[0]), folder);
}

int own_kind(const struct site *site, const char *name, const char *folder)
{
	int status = check_name("exercise", name);
	if (status == EXIT_ALL_PASS && (strlen(name) >= KIND_NAME_BYTES || strspn(name, "0123456789_") > 0))
		status = complain(
		    _("--exercise %s --kind: the name becomes a word of C: begin it with a letter, and take %d "
		      "at most"),
		    name, KIND_NAME_BYTES - 1);
	if (status != EXIT_ALL_PASS)
		return status;
	char *kind = text_replaced(name, "-", "_"), *macro = xstrdup(kind), *words = text_replaced(name, "-", " ");
	for (char *c = macro; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	const struct template_words all = { .name = name, .kind = kind, .words = words, .macro = macro };
	status = make_exercise(site, &all, kind_parts, sizeof(kind_parts) / sizeof(kind_parts[0]), folder);
	free(kind);
	free(macro);
	free(words);
	return status;
}

/* ---- a workload ---- */

/* What the exercise in the folder is about; where there is none that can be read, a lock. */
static int kind_of_folder(const char *folder, struct plugin_kind *kind)
{
	struct exercise exercise = { 0 };
	struct fault fault = { 0 };
	int status = EXIT_ALL_PASS;
	if (manifest_read(folder, &exercise, &fault) == 0)
		*kind = exercise.kind;
	else
		status = find_kind(KIND_STANDARD, kind);
	if (exercise.own_kind)
		status =
		    complain(_("%s is about a kind of its own, %s, which syncgrade has no workload to begin with for: "
			       "copy one of the exercise's own"),
			     folder, kind->name);
	manifest_free(&exercise);
	fault_free(&fault);
	return status;
}

static void tell_workload(const char *name)
{
	printf(_("\nIn the exercise.yaml beside it, name it, and judge something of it:\n"
		 "workloads:\n"
		 "  - name: %s\n"
		 "    explore: { threads: 2, rounds: 2, max_executions: 20000 }\n"
		 "    tsan: { threads: 3, rounds: 100, trials: 1, time_ms: 300 }\n"
		 "    native: { threads: 4, rounds: 1000, trials: 2, time_ms: 100 }\n"
		 "checks:\n"
		 "  - { workload: %s, property: progress, engines: [explore, tsan, native], points: 0 }\n"),
	       name, name);
}

int own_workload(const struct site *site, const char *name, const char *kind, const char *folder)
{
	const char *where = folder != NULL ? folder : ".";
	struct plugin_kind found;
	const struct part part = { "workload.c.in", NULL, NULL };
	int status = check_name("workload", name);
	if (status == EXIT_ALL_PASS)
		status = kind != NULL ? find_kind(kind, &found) : kind_of_folder(where, &found);
	if (status != EXIT_ALL_PASS)
		return status;
	const struct template_words words = { .name = name, .kind = found.name, .words = _(found.words) };
	status = make_part(site, &part, words, where);
	if (status == EXIT_ALL_PASS)
		tell_workload(name);
	return status;
}
