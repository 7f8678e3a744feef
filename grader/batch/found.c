#include "found.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kinds.h"
#include "layout.h"
#include "store.h"
#include "text.h"
#include "unpack.h"

enum { DEPTH_MAX = 5, CANDIDATES_MAX = 64 };

static bool ends_with(const char *name, const char *ending)
{
	size_t length = strlen(name), n = strlen(ending);
	return length > n && strcmp(name + length - n, ending) == 0;
}

static bool is_submission_file(const char *name)
{
	return ends_with(name, ".c") || ends_with(name, ".so");
}

/* ---- inside one student's folder ---- */

struct candidates {
	size_t n;
	char *path[CANDIDATES_MAX];
};

static bool is_ignored(const char *name)
{
	static const char *const ignored[] = { "build", "CMakeFiles", "__MACOSX", "node_modules", "tests", "test" };
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++) {
		if (strcmp(name, ignored[i]) == 0)
			return true;
	}
	return name[0] == '.';
}

static void collect(const char *folder, const char *scratch, unsigned depth, struct candidates *candidates);

/* An archive inside a student's folder is unpacked beside the others; one that cannot be is left for intake to speak
 * of. */
static void collect_archive(const char *path, const char *scratch, unsigned depth, struct candidates *candidates)
{
	struct fault fault = { 0 };
	unsigned skipped;
	char *to = xasprintf("%s/XXXXXX", scratch), *inside;
	if (mkdtemp(to) == NULL) {
		free(to);
		return;
	}
	inside = xasprintf("%s/a", to);
	if (archive_unpack(path, inside, &skipped, &fault) == 0)
		collect(inside, scratch, depth + 1, candidates);
	fault_free(&fault);
	free(inside);
	free(to);
}

static void collect_entry(const char *path, const char *name, const char *scratch, unsigned depth,
			  struct candidates *candidates)
{
	struct stat status;
	if (is_ignored(name) || lstat(path, &status) < 0)
		return;
	if (S_ISDIR(status.st_mode))
		collect(path, scratch, depth + 1, candidates);
	else if (S_ISREG(status.st_mode) && archive_is(name))
		collect_archive(path, scratch, depth, candidates);
	else if (S_ISREG(status.st_mode) && is_submission_file(name) && candidates->n < CANDIDATES_MAX)
		candidates->path[candidates->n++] = xstrdup(path);
}

static void collect(const char *folder, const char *scratch, unsigned depth, struct candidates *candidates)
{
	struct dirent **entries;
	int n = depth > DEPTH_MAX ? 0 : scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char *path = xasprintf("%s/%s", folder, entries[i]->d_name);
		collect_entry(path, entries[i]->d_name, scratch, depth, candidates);
		free(path);
		free(entries[i]);
	}
	if (n > 0)
		free(entries);
}

/* Whether a source speaks of a descriptor, as the one among several files that is the submission does. */
static bool mentions_plugin(const char *path)
{
	char buffer[262144];
	FILE *file = ends_with(path, ".c") ? fopen(path, "re") : NULL;
	if (file == NULL)
		return false;
	size_t length = fread(buffer, 1, sizeof(buffer) - 1, file);
	fclose(file);
	buffer[length] = '\0';
	return kind_mentioned(buffer);
}

/* What is graded of a student's folder: the one file that can be meant, else the folder, of which intake will say why
 * not. */
static char *choose(const char *folder, const char *scratch)
{
	struct candidates candidates = { 0 };
	char *chosen = NULL;
	size_t n_meant = 0;
	collect(folder, scratch, 0, &candidates);
	for (size_t i = 0; i < candidates.n; i++) {
		if (mentions_plugin(candidates.path[i])) {
			text_replace(&chosen, xstrdup(candidates.path[i]));
			n_meant++;
		}
	}
	if (n_meant != 1)
		text_replace(&chosen, xstrdup(candidates.n == 1 ? candidates.path[0] : folder));
	for (size_t i = 0; i < candidates.n; i++)
		free(candidates.path[i]);
	return chosen;
}

/* ---- the class ---- */

static void add(struct found_list *list, const char *entry, size_t shared, char *path)
{
	list->list = xrealloc(list->list, (list->n + 1) * sizeof(*list->list));
	struct found *found = &list->list[list->n++];
	*found = (struct found){ .path = path };
	found->student.key = store_key(entry);
	layout_student(entry, shared, &found->student);
}

/* "kim.c" → "kim", for a flat file that says nothing more. */
static char *stem_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	return xstrndup(name, dot != NULL ? (size_t)(dot - name) : strlen(name));
}

/* An archive in place of a student's folder. */
static int add_archive(struct found_list *list, const char *path, const char *name, const char *scratch,
		       struct fault *fault)
{
	unsigned skipped;
	char *to = xasprintf("%s/%zu", scratch, list->n), *stem = stem_of(name);
	int r = archive_unpack(path, to, &skipped, fault);
	if (r == 0) {
		add(list, stem, 0, choose(to, scratch));
	} else if (fault->owner == FAULT_SUBMISSION) {
		/* Intake will say that it is no submission, and the student gets that; the others go on. */
		add(list, stem, 0, xstrdup(path));
		r = 0;
	}
	free(stem);
	free(to);
	return r;
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && strcmp(entry->d_name, "__MACOSX") != 0;
}

struct listing {
	const char *folder;
	struct dirent **entries;
	int n;
};

static bool is_folder(const struct listing *listing, int i)
{
	struct stat status;
	char *path = xasprintf("%s/%s", listing->folder, listing->entries[i]->d_name);
	bool folder = lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
	free(path);
	return folder;
}

static size_t shared_prefix(const struct listing *listing)
{
	const char **names = xcalloc((size_t)listing->n, sizeof(*names));
	size_t count = 0;
	for (int i = 0; i < listing->n; i++) {
		if (is_folder(listing, i))
			names[count++] = listing->entries[i]->d_name;
	}
	size_t shared = layout_shared_prefix(names, count);
	free(names);
	return shared;
}

static int add_entry(const struct listing *listing, int i, size_t shared, const char *scratch, struct found_list *list,
		     struct fault *fault)
{
	const char *name = listing->entries[i]->d_name;
	char *path = xasprintf("%s/%s", listing->folder, name);
	int r = 0;
	if (is_folder(listing, i)) {
		add(list, name, shared, choose(path, scratch));
	} else if (archive_is(name)) {
		r = add_archive(list, path, name, scratch, fault);
	} else if (is_submission_file(name)) {
		char *stem = stem_of(name);
		add(list, stem, 0, xstrdup(path));
		free(stem);
	}
	free(path);
	return r;
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->student.key, ((const struct found *)b)->student.key);
}

/* "kim.c" and "kim.zip" have one stem: the second gets its whole name. */
static void make_unique(struct found_list *list)
{
	for (size_t i = 1; i < list->n; i++) {
		if (strcmp(list->list[i - 1].student.key, list->list[i].student.key) == 0)
			text_replace(&list->list[i].student.key, xasprintf("%s~%zu", list->list[i].student.key, i));
	}
}

int found_read(const char *folder, const char *scratch, struct found_list *list, struct fault *fault)
{
	struct listing listing = { .folder = folder };
	int r = 0;
	*list = (struct found_list){ 0 };
	listing.n = scandir(folder, &listing.entries, visible, alphasort);
	if (listing.n < 0)
		return fault_machine(fault, errno, "%s", folder);
	size_t shared = shared_prefix(&listing);
	for (int i = 0; i < listing.n && r == 0; i++)
		r = add_entry(&listing, i, shared, scratch, list, fault);
	for (int i = 0; i < listing.n; i++)
		free(listing.entries[i]);
	free(listing.entries);
	if (list->n > 1)
		qsort(list->list, list->n, sizeof(*list->list), by_key);
	make_unique(list);
	return r;
}

void found_free(struct found_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->list[i].student.key);
		free(list->list[i].student.name);
		free(list->list[i].student.id);
		free(list->list[i].path);
	}
	free(list->list);
	*list = (struct found_list){ 0 };
}
