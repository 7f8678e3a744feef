/* Which runs an exercise's checks need, and making them. */
#ifndef PLAN_H
#define PLAN_H

#include "grade.h"
#include "inspect.h"
#include "judge.h"

struct plan_subject {
	const struct exercise *exercise;
	const struct inspect_facts *facts;
	const char *plugin_path;
	const char *folder; /* private: the workers' working directory */
	const char *rebuild;
	const char *sha256; /* of the file as submitted, hex: what sizes are drawn from */
};

/* Makes the runs, options->jobs of them side by side; which are made, and their order in the array, does not depend on
 * how many those are. A run that the machine or the exercise prevents carries its fault. Returns the
 * array, *n elements; plan_free() releases it. */
struct judge_run *plan_run(const struct site *site, const struct grade_options *options,
			   const struct plan_subject *subject, size_t *n);

void plan_free(struct judge_run *runs, size_t n);

#endif
