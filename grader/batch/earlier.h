/* What an earlier batch left in the results folder, and what this one makes of it. */
#ifndef EARLIER_H
#define EARLIER_H

#include <stddef.h>
#include <stdint.h>

#include "batch.h"
#include "exercise.h"
#include "found.h"
#include "result.h"

enum earlier {
	EARLIER_NONE,      /* never graded, or not for the submission's sake */
	EARLIER_CHANGED,   /* another submission, or another version of the exercise: it is graded again */
	EARLIER_REMARKS,   /* a check has become a remark, or a remark a check: it is graded again */
	EARLIER_POINTS,    /* only points have changed: kept, with the points that it has now */
	EARLIER_STALE,     /* graded with another content of the same version of the exercise: kept, and told */
	EARLIER_UNCHANGED, /* kept */
};

/* What grades are compared with: the content of the batch's exercise, or of all installed ones where it has none. */
struct earlier_exercise {
	char *name; /* as it is named */
	struct exercise exercise;
	char *digest, *evidence_digest;
};
struct earlier_exercises {
	size_t n;
	struct earlier_exercise *list;
};

/* Reads all of them, once for all submissions. */
struct earlier_exercises earlier_exercises(const struct site *site, const struct batch_options *options);
void earlier_exercises_free(struct earlier_exercises *exercises);

/* *stored is the stored grade, which the caller owns, where it is kept, with other points at EARLIER_POINTS; else NULL.
 */
enum earlier earlier_of(const struct earlier_exercises *exercises, const struct batch_options *options,
			const struct found *found, struct result **stored);

/* Grades in the folder that are of nobody in `list`: their keys, which the caller owns, as is the array; NULL: none. */
char **earlier_left(const char *results, const struct found_list *list, size_t *n);

/* The exercise of a grade in the folder that is not `exercise`, which the caller owns; NULL: none. */
char *earlier_other_exercise(const char *results, const char *exercise);

#endif
