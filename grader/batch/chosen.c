#include "chosen.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kinds.h"
#include "text.h"
#include "unpack.h"

enum { DEPTH_MAX = 5, CANDIDATES_MAX = 64, SOURCE_BYTES_LOOKED_AT = 262144 };

struct candidates {
	size_t n;
	struct place_of list[CANDIDATES_MAX];
};

bool chosen_is_submission(const char *name)
{
	return text_ends(name, ".c") || text_ends(name, ".so");
}

bool chosen_is_source(const char *path)
{
	FILE *file = text_ends(path, ".c") ? fopen(path, "re") : NULL;
	if (file == NULL)
		return false;
	char *text = xcalloc(1, SOURCE_BYTES_LOOKED_AT + 1);
	text[fread(text, 1, SOURCE_BYTES_LOOKED_AT, file)] = '\0';
	bool mentioned = kind_mentioned(text);
	free(text);
	fclose(file);
	return mentioned;
}

static bool is_ignored(const char *name)
{
	static const char *const ignored[] = { "build", "CMakeFiles", "__MACOSX", "node_modules", "tests", "test" };
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++) {
		if (strcmp(name, ignored[i]) == 0)
			return true;
	}
	return name[0] == '.';
}

static void collect(const struct place_of *folder, const char *scratch, unsigned depth, struct candidates *candidates);

/* One that cannot be unpacked is left for intake to speak of. */
static void collect_archive(const struct place_of *archive, const char *scratch, unsigned depth,
			    struct candidates *candidates)
{
	struct fault fault = { 0 };
	unsigned skipped;
	char *to = xasprintf("%s/XXXXXX", scratch);
	if (mkdtemp(to) != NULL) {
		struct place_of inside = { .path = xasprintf("%s/a", to), .shown = archive->shown };
		if (archive_unpack(archive->path, inside.path, &skipped, &fault) == 0)
			collect(&inside, scratch, depth + 1, candidates);
		free(inside.path);
	}
	fault_free(&fault);
	free(to);
}

/* Takes `entry` over. */
static void collect_entry(struct place_of entry, const char *name, const char *scratch, unsigned depth,
			  struct candidates *candidates)
{
	struct stat status;
	if (is_ignored(name) || lstat(entry.path, &status) < 0)
		place_of_fini(&entry);
	else if (S_ISREG(status.st_mode) && chosen_is_submission(name) && candidates->n < CANDIDATES_MAX)
		candidates->list[candidates->n++] = entry;
	else {
		if (S_ISDIR(status.st_mode))
			collect(&entry, scratch, depth + 1, candidates);
		else if (S_ISREG(status.st_mode) && archive_is(name))
			collect_archive(&entry, scratch, depth, candidates);
		place_of_fini(&entry);
	}
}

static void collect(const struct place_of *folder, const char *scratch, unsigned depth, struct candidates *candidates)
{
	struct dirent **entries;
	int n = depth > DEPTH_MAX ? 0 : scandir(folder->path, &entries, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		struct place_of entry = { .path = xasprintf("%s/%s", folder->path, entries[i]->d_name),
					  .shown = xasprintf("%s/%s", folder->shown, entries[i]->d_name) };
		collect_entry(entry, entries[i]->d_name, scratch, depth, candidates);
		free(entries[i]);
	}
	if (n > 0)
		free(entries);
}

struct place_of chosen_in(const char *folder, const char *shown, const char *scratch)
{
	struct candidates candidates = { 0 };
	struct place_of whole = { .path = xstrdup(folder), .shown = xstrdup(shown) };
	size_t n_meant = 0, meant = 0;
	collect(&whole, scratch, 0, &candidates);
	for (size_t i = 0; i < candidates.n; i++) {
		if (chosen_is_source(candidates.list[i].path)) {
			meant = i;
			n_meant++;
		}
	}
	struct place_of *chosen = n_meant == 1 || candidates.n == 1 ? &candidates.list[meant] : &whole;
	struct place_of taken = *chosen;
	*chosen = (struct place_of){ 0 };
	for (size_t i = 0; i < candidates.n; i++)
		place_of_fini(&candidates.list[i]);
	place_of_fini(&whole);
	return taken;
}

void place_of_fini(struct place_of *place)
{
	free(place->path);
	free(place->shown);
	*place = (struct place_of){ 0 };
}
