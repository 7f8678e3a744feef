/* An exercise's own plugins: its solutions and mutants, and what is expected of each. */
#ifndef SUBJECTS_H
#define SUBJECTS_H

#include "expectation.h"
#include "fault.h"
#include "result.h"

struct subject {
	char *name; /* "solutions/ticket", "mutants/hyman": the file's name without its ending */
	char *path;
	bool solution, starter;
	struct expectation *expectation; /* NULL: a solution that passes everything */
	struct result *result;           /* of the first round; NULL: not graded */
	char *complaints;                /* one a line; "": all is as expected */
	char *differs;                   /* what another round said differently; NULL: nothing */
};

struct subject_list {
	size_t n;
	struct subject *list;
};

/* The exercise's starter as it is, where it has one: it may get a few points only. */
void subjects_add_starter(struct subject_list *subjects, const char *exercise_folder);

/* Reads the .c and .so files of both folders, sorted, solutions first; a folder may be missing. A mutant without an
 * expectation is an exercise's fault. Returns 0, or a negative errno value and *fault. subjects_free() in both cases.
 */
int subjects_read(const char *solutions, const char *mutants, struct subject_list *subjects, struct fault *fault);
void subjects_free(struct subject_list *subjects);

#endif
