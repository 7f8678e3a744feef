/* Where the parts of this installation are. The build tree and an installed tree have the same layout:
 * <root>/libexec/syncgrade, <root>/lib/syncgrade/workloads, <root>/share/syncgrade/exercises, <root>/include. */
#ifndef SITE_H
#define SITE_H

#include <stddef.h>

#include "exercise.h"
#include "fault.h"
#include "run.h"

struct sandbox;
struct workshop;

struct site {
	char *root;
	struct sandbox *sandbox;
	char *libraries; /* folder of our own shared libraries */
	char *worker, *worker_tsan, *referee;
	struct workshop *workshop; /* what the exercises bring along */
	char *workloads;           /* folder */
	char *exercises;           /* folder */
	char *templates;           /* folder */
	char *include;             /* folder */
	char *debugger;            /* gdb's commands for a replay */
};

/* The folder that the parts are below. NULL: they are not beside the program. The caller owns it. */
char *site_root(void);

/* Finds the parts beside the running program, and probes what sandbox the machine allows: no better one than the
 * environment variable SYNCGRADE_SANDBOX says, if it is set (for tests). Returns 0, or a negative errno value and a
 * machine's fault. */
int site_locate(struct site *site, struct fault *fault);

/* Refuses to go on with a weaker sandbox than the level named. As site_locate(). */
int site_require_sandbox(const struct site *site, const char *level_name, struct fault *fault);
/* Whether what it starts can come to its parts, and to temporary files: 0, or a machine's fault that says what to open.
 */
int site_check_reachable(const struct site *site, struct fault *fault);
void site_free(struct site *site);

/* The exercise named `name`: a folder (with a slash in it), or one of the site's. As manifest_read(). */
int site_exercise(const struct site *site, const char *name, struct exercise *exercise, struct fault *fault);

/* The ids of the site's exercises, sorted; NULL-terminated. The caller frees each and the array. NULL: none can be
 * read. */
char **site_exercise_ids(const struct site *site);

/* The first exercise whose plugins are of this kind ("lock"). The exercise's own id is preferred where it is the kind.
 */
int site_exercise_for(const struct site *site, const char *kind, struct exercise *exercise, struct fault *fault);

/* Whether a submission of its kind alone is taken for this exercise; it has to be named otherwise. */
bool site_exercise_is_guessed(const struct site *site, const struct exercise *exercise);

/* The kinds that are known: those that come with the program, and the exercise's own; where `exercise` is NULL, those
 * of the site's exercises. kinds_free() in any case. As manifest_read(). */
int site_kinds(const struct site *site, const struct exercise *exercise, struct kinds *kinds, struct fault *fault);

/* Makes ready what the exercise brings along, and tries to load it, so that what is wrong with the exercise is told
 * once and before anything is graded. Returns 0, or a negative errno value and an exercise's or the machine's fault.
 * What was made in this process, or in the one that it was forked from, is not made again unless it has changed. */
int site_prepare(const struct site *site, const struct exercise *exercise, struct fault *fault);

/* The shared object of a workload: what the exercise's folder has for it (workshop.h), else of the installed ones. The
 * caller owns the path. NULL and an exercise's fault if there is none. */
char *site_workload(const struct site *site, const struct exercise *exercise, const struct exercise_workload *workload,
		    struct fault *fault);

#endif
