#include "listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

int class_listing_read(struct class_listing *listing, const char *folder, const char *shown)
{
	*listing = (struct class_listing){ .folder = folder, .shown = shown };
	int n = scandir(folder, &listing->entries, visible, alphasort);
	if (n < 0)
		return -errno;
	listing->n = n;
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

size_t class_listing_shared_prefix(const struct class_listing *listing)
{
	const char **names = xcalloc((size_t)listing->n, sizeof(*names));
	size_t count = 0;
	for (int i = 0; i < listing->n; i++) {
		if (class_listing_is_folder(listing, i))
			names[count++] = listing->entries[i]->d_name;
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
