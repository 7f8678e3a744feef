/* Grades a class: many submissions, some at a time, each in a process of its own, so that none can stop, slow down for
 * good or confuse another; every result is on disk the moment it is known. */
#ifndef BATCH_H
#define BATCH_H

#include "found.h"
#include "grade.h"
#include "roster.h"

struct batch_progress {
	size_t total, done;
	size_t passed, failed, errors;
	size_t unchanged; /* of these: graded before */
	size_t stale;     /* of these: with another content of the exercise */
	size_t points;    /* of these: with other points */
	uint64_t elapsed_ms;
	const char *last;         /* the key that was done last; NULL: none yet */
	const char *last_outcome; /* "pass", "fail (unchanged)", "error", … */
};

struct batch_options {
	struct grade_options grade;
	const char *results;    /* folder */
	const char *save_to;    /* the folder that new results go to; NULL: the same */
	unsigned jobs;          /* at the same time; 0: as many as there are processors */
	unsigned shard, shards; /* this one (1 …) of so many; 0, 0: all */
	const char *only;       /* a key, name or id; NULL: all */
	bool again;             /* also what is graded already */
	/* Called whenever something has changed. May be NULL. */
	void (*progress)(void *context, const struct batch_progress *progress);
	void *progress_context;
};

/* Grades what is in `list`. Fills *progress. Returns 0, or a negative errno value and *fault where nothing more could
 * be done: -EINTR after SIGINT, SIGTERM or SIGHUP, which it takes while it runs; -EIO where a result cannot be written,
 * which would be so for the next one too. What has been graded by then is on disk. One thread only. */
int batch_run(const struct site *site, const struct batch_options *options, const struct found_list *list,
	      struct batch_progress *progress, struct fault *fault);

/* Whether the options are about this submission, the index-th of the list. */
bool batch_is_wanted(const struct batch_options *options, const struct found *found, size_t index);

#endif
