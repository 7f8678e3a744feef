/* Grades one submission, from the path to the result: intake, compile, inspect, plan, run, judge. */
#ifndef GRADE_H
#define GRADE_H

#include <stdbool.h>

#include "fault.h"
#include "result.h"
#include "site.h"
#include "wire.h"

struct intake_beside;

struct grade_options {
	const char *exercise; /* NULL: from the exported symbol */
	uint32_t engines;     /* bit 1 << enum engine_id: those that may run; 0: all */
	enum wire_memory_model memory_model;
	unsigned jobs;                      /* runs at the same time; 0: one */
	bool siblings;                      /* sources beside a file are compiled with it where it needs them */
	const struct intake_beside *beside; /* of a class in one folder (intake.h); NULL: look */
	const char *only_check;             /* id: run and judge nothing else; NULL: all */
	const char *schedule;               /* explore: replay this; needs only_check; NULL: search */
	const char *debug_sources; /* with a schedule: under gdb on the terminal, unconfined, with the source files of
				      this folder; NULL: not so */
	/* Called before each step, with what is about to be done, in the reader's language ("counter under tsan").
	 * May be NULL. */
	void (*progress)(void *context, const char *step);
	void *progress_context;
};

/* Grades the submission at `path`. Always returns a result, which the caller owns: a submission that is at fault has
 * verdict fail; where the exercise or the machine is, the verdict is error and *fault says which. */
struct result *grade_submission(const struct site *site, const struct grade_options *options, const char *path,
				struct fault *fault);

#endif
