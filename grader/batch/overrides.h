/* What an instructor decides about points afterwards: overrides.csv, applied by `report` and never stored. The first
 * row names the columns, in any order: who is meant (key, id, login, identifier as Moodle has it, or name, as far as
 * there is no other), and points     in place of those that were graded late       a factor from 0 to 1, or "80 %"
 *   submitted  when it was: "2026-10-01 23:59", or as Moodle's grading worksheet says it ("Last modified (submission)")
 *   comment    what the student reads */
#ifndef OVERRIDES_H
#define OVERRIDES_H

#include <stdbool.h>

#include "fault.h"
#include "result.h"

struct late_rule {
	bool known;
	long long deadline;   /* seconds since 1970, by the clock of this machine's time zone */
	unsigned percent_day; /* that each day costs which has begun */
};

/* "2026-10-01 23:59"; false: it is no time. */
bool late_time(const char *text, long long *seconds);

/* Changes the results' scores, and says why (struct result's `adjusted`). `path` NULL: only the rule, for those whose
 * submission says when it was handed in (Blackboard's names do). 0, or a negative errno value and *fault: file, line,
 * and what to do. */
int overrides_apply(const char *path, const struct late_rule *rule, struct result **results, size_t n,
		    struct fault *fault);

#endif
