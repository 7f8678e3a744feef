/* Finding a class's submissions in the layouts that people have. */
#ifndef FOUND_H
#define FOUND_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "result.h"

struct found {
	struct student student;
	char *path;     /* what is graded: a file or a folder */
	bool in_roster; /* name and id are the roster's */
};

struct found_list {
	size_t n;
	struct found *list;
};

/* Finds the submissions in `folder`, sorted by key:
 *   a folder per student                                   kim/lock.c
 *   Moodle's download                                      Kim Minji_12345_assignsubmission_file/lock.c
 *   clones of GitHub Classroom and Classroom 50            lab1-kim/…/lock.c (the name is what folders do not share)
 *   flat files of Canvas                                   kimminji_LATE_123_456_lock.c
 *   flat files                                             kim.c
 * and each of these as an archive in place of a folder; archives are unpacked into `scratch`. A folder around all of it
 * is passed over: if what is in it has names as downloads do, or, where `folder` is an archive's content, if it is not
 * one submission. A folder in which nothing
 * is found is a submission all the same: intake will say what is wrong with it. Returns 0, or a negative errno value
 * and *fault. found_free() in both cases. */
int found_read(const char *folder, bool unpacked, const char *scratch, struct found_list *list, struct fault *fault);
void found_free(struct found_list *list);

#endif
