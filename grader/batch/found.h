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
	char *shown;    /* the same as people know it: within what they handed over, and not where it was unpacked */
	char *problem;  /* why it cannot be graded, for the student; NULL: nothing known */
	bool in_roster; /* name and id are the roster's */
};

struct found_list {
	size_t n;
	struct found *list;
	size_t n_ignored;
	char **ignored; /* names of what was taken for nobody's submission */
};

/* Finds the submissions in `folder`, sorted by key; `shown` is its name for people:
 *   a folder per student                                   kim/lock.c
 *   Moodle's download                                      Kim Minji_12345_assignsubmission_file/lock.c
 *   clones of GitHub Classroom and Classroom 50            lab1-kim/…/lock.c (the name is what folders do not share)
 *   flat files of Canvas                                   kimminji_LATE_123_456_lock.c (all of one student together)
 *   flat files                                             kim.c
 * and each of these as an archive in place of a folder; archives are unpacked into `scratch`. A folder around all of it
 * is passed over: if what is in it has names as downloads do, or, where `unpacked` (the folder is an archive's
 * content), if it is not one submission. A student of whom nothing is found that can be graded has a submission all the
 * same: `problem` or intake says what is wrong with it. Returns 0, or a negative errno value and *fault. found_free()
 * in both cases. */
int found_read(const char *folder, const char *shown, bool unpacked, const char *scratch, struct found_list *list,
	       struct fault *fault);
void found_free(struct found_list *list);

#endif
