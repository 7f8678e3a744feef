/* Finding a class's submissions in the layouts that people have. */
#ifndef FOUND_H
#define FOUND_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "result.h"

struct roster_entry;

struct found {
	struct student student;
	char *path;  /* what is graded: a file or a folder */
	char *shown; /* the same as people know it: within what they handed over, and not where it was unpacked */
	struct roster_entry *in_roster; /* name and id are the roster's; NULL: nobody's of it */
};

struct found_list {
	size_t n;
	struct found *list;
	void *keys; /* while it is made */
	size_t n_ignored;
	char **ignored; /* names of what was taken for nobody's submission */
};

/* Finds the submissions in `folder`, sorted by key; `shown` is its name for people:
 *   a folder per student                                   kim/lock.c
 *   Moodle's download                                      Kim Minji_12345_assignsubmission_file/lock.c, and flat
 *   Gradescope's export                                    submission_1/lock.c, with submission_metadata.yml
 *   Blackboard's download                                  Lab 1_kim_attempt_2024-03-04-10-00-00_lock.c (the last
 * attempt) clones of GitHub Classroom and Classroom 50            lab1-kim/…/lock.c (the name is what folders do not
 * share) flat files of Canvas                                   kimminji_LATE_123_456_lock.c (all of one student
 * together) flat files                                             kim.c and each of these as an archive in place of a
 * folder; what has to be put together is in `scratch`. A folder around all of it is passed over: if what is in it has
 * names as downloads do, or, where `unpacked` (the folder is an archive's content), if it is not one submission. A
 * student of whom nothing is found that can be graded has a submission all the same: intake says what is wrong with it.
 * `results`: where the results go; what is there is nobody's. Returns 0, or a negative errno value and *fault.
 * found_free() in both cases. */
int found_read(const char *folder, const char *shown, bool unpacked, const char *results, const char *scratch,
	       struct found_list *list, struct fault *fault);
void found_free(struct found_list *list);

#endif
