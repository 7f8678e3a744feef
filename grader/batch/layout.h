/* What a name of a download says about its student. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdbool.h>

#include "result.h"

/* Fills name and id of *student from the name of a folder, archive or file (without its ending for a flat file).
 * `shared` bytes at its beginning are common to all (a GitHub Classroom assignment's prefix), and not the student's.
 * The caller owns the strings. */
void layout_student(const char *entry, size_t shared, struct student *student);

/* Canvas' flat files: fills name and id of *student, which the caller owns, and *file, the name that the student gave
 * (in `entry`). False: it is none of them, and *student is untouched. */
bool layout_canvas(const char *entry, struct student *student, const char **file);

/* Whether it is Moodle's folder of what a student typed into a form. */
bool layout_is_typed_text(const char *entry);

/* Whether a name is one that Moodle or Canvas gives. */
bool layout_is_download(const char *entry);

/* How many bytes all names share, up to and with their last '-': "lab1-kim", "lab1-lee" → 5. 0 where they share none,
 * or there are fewer than two. */
size_t layout_shared_prefix(const char *const *names, size_t n);

#endif
