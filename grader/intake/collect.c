#include "collect.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "look.h"
#include "text.h"
#include "translate.h"
#include "unpack.h"

enum { DEPTH_MAX = 8, FILES_MAX = 512, PASSED_MAX = 64 };

struct walk {
	struct collection *collection;
	const char *scratch;
	unsigned archives; /* inside each other */
};

/* Takes `reason` over. */
static void pass_over(struct collection *collection, const char *name, char *reason)
{
	collection->n_passed_in_all++;
	if (collection->n_passed >= PASSED_MAX) {
		free(reason);
		return;
	}
	collection->passed = xrealloc(collection->passed, (collection->n_passed + 1) * sizeof(*collection->passed));
	collection->passed[collection->n_passed++] = (struct passed_over){ .name = xstrdup(name), .reason = reason };
}

static size_t add_root(struct collection *collection, char *path, const char *shown)
{
	collection->roots = xrealloc(collection->roots, (collection->n_roots + 1) * sizeof(*collection->roots));
	collection->roots[collection->n_roots] = (struct collected_root){ .path = path, .shown = xstrdup(shown) };
	return collection->n_roots++;
}

static void look(int folder_fd, const char *name, struct collected_file *file)
{
	struct source_facts facts;
	if (!look_at_source(folder_fd, name, &facts))
		return;
	file->defines = facts.defines != NULL;
	file->mentions = facts.mentions != NULL;
	file->has_main = facts.has_main;
	source_facts_free(&facts);
}

/* Takes `inner` over. */
static void add_file(struct walk *walk, int folder_fd, const char *name, size_t root, char *inner, bool regular)
{
	struct collection *collection = walk->collection;
	struct collected_file file = { .kind = file_kind(name), .root = root, .inner = inner, .is_link = !regular };
	if (collection->n_files >= FILES_MAX) {
		pass_over(collection, inner, xasprintf(_("is left out: there are more than %d files"), FILES_MAX));
		free(inner);
		return;
	}
	if (file_is_source(name))
		look(folder_fd, name, &file);
	collection->files = xrealloc(collection->files, (collection->n_files + 1) * sizeof(*collection->files));
	collection->files[collection->n_files++] = file;
}

static void walk_folder(struct walk *walk, int fd, size_t root, const char *inner, unsigned depth);

static void walk_archive(struct walk *walk, const char *path, const char *shown, const char *told)
{
	struct fault fault = { 0 };
	struct unpacked unpacked;
	char *to = xasprintf("%s/XXXXXX", walk->scratch);
	if (walk->archives >= 3) {
		pass_over(walk->collection, told, xstrdup(_("is an archive in an archive in an archive")));
	} else if (mkdtemp(to) == NULL) {
		pass_over(walk->collection, told, xasprintf(_("cannot be unpacked: %s"), strerror(errno)));
	} else {
		char *inside = xasprintf("%s/a", to);
		int r = archive_unpack(path, inside, &unpacked, &fault);
		int fd = r == 0 ? open(inside, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
		if (fd >= 0) {
			size_t before = walk->collection->n_files + walk->collection->n_passed_in_all;
			walk->archives++;
			walk_folder(walk, fd, add_root(walk->collection, xstrdup(inside), shown), "", 0);
			walk->archives--;
			if (before == walk->collection->n_files + walk->collection->n_passed_in_all)
				pass_over(walk->collection, told, xstrdup(_("is an archive with nothing in it")));
		} else if (r < 0) {
			/* "path: reason" of unpack.h */
			const char *reason =
			    fault.message + (strncmp(fault.message, path, strlen(path)) == 0 ? strlen(path) : 0);
			pass_over(walk->collection, told, xstrdup(reason + strspn(reason, ": ")));
		}
		free(inside);
	}
	fault_free(&fault);
	free(to);
}

static void walk_entry(struct walk *walk, int fd, size_t root, const char *inner, const char *name, unsigned depth)
{
	struct stat status;
	char *below = *inner != '\0' ? xasprintf("%s/%s", inner, name) : xstrdup(name);
	bool there = fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
	if (!there || file_is_system(name)) {
		free(below);
		return;
	}
	if (S_ISDIR(status.st_mode)) {
		int inside =
		    folder_is_ignored(name) ? -1 : openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (folder_is_ignored(name))
			pass_over(walk->collection, below, xstrdup(_("is a folder that is not looked into")));
		else if (depth >= DEPTH_MAX)
			pass_over(walk->collection, below, xstrdup(_("is a folder too deep to be looked into")));
		else if (inside < 0)
			pass_over(walk->collection, below, xasprintf(_("cannot be read: %s"), strerror(errno)));
		else
			walk_folder(walk, inside, root, below, depth + 1);
	} else if (name[0] == '.') {
		pass_over(walk->collection, below,
			  file_is_submission(name + 1) ? xasprintf(_("is a hidden file; rename it to %s"), name + 1)
						       : xstrdup(_("is a hidden file")));
	} else if (file_kind(name) == FILE_ARCHIVE && S_ISREG(status.st_mode)) {
		const struct collected_root *top = &walk->collection->roots[root];
		char *path = xasprintf("%s/%s", top->path, below), *shown = xasprintf("%s/%s", top->shown, below);
		walk_archive(walk, path, shown, below);
		free(path);
		free(shown);
	} else if (file_kind(name) != FILE_OTHER) {
		add_file(walk, fd, name, root, xstrdup(below), S_ISREG(status.st_mode));
	} else {
		const char *reason = file_name_reason(name);
		pass_over(walk->collection, below, reason != NULL ? xstrdup(reason) : NULL);
	}
	free(below);
}

/* The same order everywhere, whatever the locale. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Closes fd. */
static void walk_folder(struct walk *walk, int fd, size_t root, const char *inner, unsigned depth)
{
	struct dirent **entries;
	int n = scandirat(fd, ".", &entries, NULL, by_bytes);
	for (int i = 0; i < n; i++) {
		if (strcmp(entries[i]->d_name, ".") != 0 && strcmp(entries[i]->d_name, "..") != 0)
			walk_entry(walk, fd, root, inner, entries[i]->d_name, depth);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	close(fd);
}

void collect(struct collection *collection, const char *folder, const char *shown, const char *scratch)
{
	*collection = (struct collection){ 0 };
	struct walk walk = { .collection = collection, .scratch = scratch };
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	size_t root = add_root(collection, xstrdup(folder), shown);
	if (fd >= 0)
		walk_folder(&walk, fd, root, "", 0);
}

void collect_archive_only(struct collection *collection, const char *archive, const char *shown, const char *scratch)
{
	*collection = (struct collection){ 0 };
	struct walk walk = { .collection = collection, .scratch = scratch };
	walk_archive(&walk, archive, shown, basename(shown));
}

static int is_header_or_source(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && (file_kind(entry->d_name) == FILE_HEADER || file_is_source(entry->d_name));
}

static int is_header(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && file_kind(entry->d_name) == FILE_HEADER;
}

/* A class may lie in one folder: then only names are looked at, not what all the others have handed in. */
void collect_beside(struct collection *collection, const char *folder, bool sources)
{
	struct dirent **entries;
	struct stat status;
	*collection = (struct collection){ 0 };
	struct walk walk = { .collection = collection };
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int n = fd >= 0 ? scandirat(fd, ".", &entries, sources ? is_header_or_source : is_header, by_bytes) : -1;
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		if (fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
			add_file(&walk, fd, name, 0, xstrdup(name), S_ISREG(status.st_mode));
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	if (fd >= 0)
		close(fd);
}

void collection_free(struct collection *collection)
{
	for (size_t i = 0; i < collection->n_roots; i++) {
		free(collection->roots[i].path);
		free(collection->roots[i].shown);
	}
	for (size_t i = 0; i < collection->n_files; i++)
		free(collection->files[i].inner);
	for (size_t i = 0; i < collection->n_passed; i++) {
		free(collection->passed[i].name);
		free(collection->passed[i].reason);
	}
	free(collection->roots);
	free(collection->files);
	free(collection->passed);
	*collection = (struct collection){ 0 };
}
