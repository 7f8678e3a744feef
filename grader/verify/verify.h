/* Proves an exercise: grades its own solutions and mutants, and compares what comes out with what is expected. */
#ifndef VERIFY_H
#define VERIFY_H

#include "batch.h"
#include "exercise.h"
#include "site.h"
#include "subjects.h"
#include "text.h"

struct verify_options {
	const char *exercise; /* an id, or a folder */
	uint32_t engines;     /* bit 1 << enum engine_id; 0: all */
	bool named_engines;   /* a mutant of which nothing is said to pass: only by the explorer, and those that its
				 expectation names */
	const char
	    *results; /* folder for the results, where those of an earlier run are believed if nothing has changed */
	const char *only; /* "mutants/hyman"; NULL: all */
	unsigned jobs;    /* at the same time; 0: as many as there are processors */
	unsigned rounds;  /* so many times, each compared with the first */
	void (*progress)(void *context, const struct batch_progress *progress);
	void *progress_context;
};

struct verification {
	struct exercise exercise;
	struct subject_list subjects;
	struct text notes; /* what is wrong with the exercise itself, one a line (notes.h) */
};

/* Grades every subject. The solutions and mutants of a folder lie in it (solutions/, mutants/), those of our own
 * exercises beside it. Returns 0, or a negative errno value and *fault; verification_free() in both cases. */
int verify_run(const struct site *site, const struct verify_options *options, struct verification *verification,
	       struct fault *fault);
void verification_free(struct verification *verification);

/* Whether all is as expected, each time. */
bool verification_holds(const struct verification *verification);

#endif
