#include "listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file_names.h"
#include "layout.h"
#include "text.h"

static int visible(const struct dirent *entry)
{
	static const char *const systems[] = { "__MACOSX", "Thumbs.db", "desktop.ini" };
	for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]); i++) {
		if (strcmp(entry->d_name, systems[i]) == 0)
			return 0;
	}
	return entry->d_name[0] != '.';
}

/* The same order everywhere, whatever the locale. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_same(const char *folder, const char *name, const struct stat *other)
{
	struct stat status;
	char *path = xasprintf("%s/%s", folder, name);
	bool same = lstat(path, &status) == 0 && status.st_dev == other->st_dev && status.st_ino == other->st_ino;
	free(path);
	return same;
}

int class_listing_read(struct class_listing *listing, const char *folder, const char *shown, const struct stat *except)
{
	*listing = (struct class_listing){ .folder = folder, .shown = shown };
	int n = scandir(folder, &listing->entries, visible, by_bytes);
	if (n < 0)
		return -errno;
	for (int i = 0; i < n; i++) {
		if (except != NULL && is_same(folder, listing->entries[i]->d_name, except))
			free(listing->entries[i]);
		else
			listing->entries[listing->n++] = listing->entries[i];
	}
	return 0;
}

void class_listing_free(struct class_listing *listing)
{
	for (int i = 0; i < listing->n; i++)
		free(listing->entries[i]);
	free(listing->entries);
	*listing = (struct class_listing){ 0 };
}

bool class_listing_is_folder(const struct class_listing *listing, int i)
{
	struct stat status;
	char *path = xasprintf("%s/%s", listing->folder, listing->entries[i]->d_name);
	bool folder = lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
	free(path);
	return folder;
}

size_t class_listing_shared_prefix(const struct class_listing *listing, bool folders)
{
	const char **names = xcalloc((size_t)listing->n, sizeof(*names));
	size_t count = 0;
	for (int i = 0; i < listing->n; i++) {
		const char *name = listing->entries[i]->d_name;
		if (class_listing_is_folder(listing, i) == folders &&
		    (folders || file_is_submission(name) || file_kind(name) == FILE_ARCHIVE))
			names[count++] = name;
	}
	size_t shared = layout_shared_prefix(names, count);
	free(names);
	return shared;
}

bool class_listing_has_file_of(const struct class_listing *listing, const char *name)
{
	static const char mark[] = "_assignsubmission_";
	const char *at = strstr(name, mark);
	size_t length = at != NULL ? (size_t)(at - name) + strlen(mark) : 0;
	for (int i = 0; i < listing->n && at != NULL; i++) {
		const char *other = listing->entries[i]->d_name;
		if (strncmp(other, name, length) == 0 && strncmp(other + length, "file", 4) == 0)
			return true;
	}
	return false;
}
