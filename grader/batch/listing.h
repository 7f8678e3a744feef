/* What lies in a class's folder. */
#ifndef CLASS_LISTING_H
#define CLASS_LISTING_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct class_listing {
	const char *folder, *shown; /* the caller's */
	struct dirent **entries;    /* by name; without what is hidden or some system's own */
	int n;
};

/* Whatever is `except` is left out: the results of an earlier batch are nobody's submission. NULL: nothing. 0, or a
 * negative errno value. class_listing_free() in both cases. */
int class_listing_read(struct class_listing *listing, const char *folder, const char *shown, const struct stat *except);
void class_listing_free(struct class_listing *listing);

bool class_listing_is_folder(const struct class_listing *listing, int i);

/* How many bytes the names of all folders, or of all files that may be somebody's, share: layout_shared_prefix(). */
size_t class_listing_shared_prefix(const struct class_listing *listing, bool folders);

/* Whether Moodle's folder `name` for typed text has one for files beside it. */
bool class_listing_has_file_of(const struct class_listing *listing, const char *name);

#endif
