/* Workloads that an exercise brings along in its folder, made ready for the workers: <object>.c (or <name>.c) is built
 * here, <object>.so (or <name>.so) is copied. The results lie in private folders, where a worker reaches them whatever
 * the permissions of the exercise's folder are, and are gone with the workshop. */
#ifndef WORKSHOP_H
#define WORKSHOP_H

#include "exercise.h"
#include "fault.h"

struct site;
struct workshop;

struct workshop *workshop_create(void);
void workshop_destroy(struct workshop *workshop);

/* The file that the exercise's folder has for this workload: its source before an object, <object> before <name>. The
 * caller owns the path; NULL: the folder has none. */
char *workshop_find(const struct exercise *exercise, const struct exercise_workload *workload);

/* The shared object made of `source`, a path from workshop_find(): built or copied now, unless that was done before and
 * neither it nor a header beside it or in `include` (the exercise's headers; may be NULL) has changed. The path is the
 * workshop's, until it is made anew. NULL, and *fault: the exercise's, with the compiler's words, or the machine's. One
 * thread only. */
const char *workshop_make(struct workshop *workshop, const struct site *site, const char *source, const char *include,
			  struct fault *fault);

/* How a workload is made wrong: challenge_workload.c. */
struct workshop_wrong {
	unsigned variant;
	enum workload_property claims;
};

/* The same, of a source only, but made wrong, and each time anew: in a workshop for these alone. */
const char *workshop_make_wrong(struct workshop *workshop, const struct site *site, const char *source,
				const char *include, const struct workshop_wrong *wrong, struct fault *fault);

#endif
