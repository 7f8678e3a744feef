/* The words of DESIGN: properties, engines, statuses, verdicts, and how they are written. No I/O. */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stdint.h>
#include <syncgrade/workload.h>

enum engine_id { ENGINE_EXPLORE, ENGINE_TSAN, ENGINE_NATIVE, ENGINE_COUNT };

enum check_status {
	STATUS_PASS,
	STATUS_FAIL,
	STATUS_INCONCLUSIVE, /* could not be judged */
	STATUS_ERROR,        /* the grader's or the machine's fault */
	STATUS_UNCOUNTED     /* it holds, but what it builds on (`requires`) does not: no points */
};

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_ERROR };

/* Names as they stand in manifests and reports ("mutual-exclusion", "tsan", "pass"). Never NULL for a valid value. */
const char *property_name(enum workload_property property);
/* How much of what there is the explorer has looked at, from least to most. */
enum coverage_kind {
	COVERAGE_NOTHING,  /* no execution came to its end */
	COVERAGE_SAMPLED,  /* some executions, chosen systematically or by a fixed seed */
	COVERAGE_SWITCHES, /* all with up to so many deviations from running one thread after another */
	COVERAGE_CUT,      /* all, but some of them were cut short by a violation of something else */
	COVERAGE_BOUNDED,  /* all but what a bound of the explorer's cuts */
	COVERAGE_ALL,      /* all that there are, within the sizes of the workload */
	COVERAGE_COUNT
};

/* Surprises are wake-ups without a reason, and times that are over. What has been looked at of executions with them: */
enum surprises_seen {
	SURPRISES_LIKE_ALL, /* as of all others; or there are none */
	SURPRISES_NONE,     /* all executions without them have been seen, and of the others what the coverage says */
	SURPRISES_ONE,      /* the coverage is of executions with at most one */
	SURPRISES_COUNT
};

const char *engine_name(enum engine_id engine);
const char *status_name(enum check_status status);
const char *verdict_name(enum verdict verdict);

/* What a report calls an operation that every plugin has: "init". "" for TRIAL_OPERATION_NONE; "?" for those that are a
 * kind's own (kind_operation_name()). */
const char *operation_name(uint32_t operation);

/* The value behind a name; false if there is none. */
bool property_from_name(const char *name, enum workload_property *property);
bool engine_from_name(const char *name, enum engine_id *engine);
const char *coverage_name(enum coverage_kind kind);
bool coverage_from_name(const char *name, enum coverage_kind *kind);
const char *surprises_name(enum surprises_seen surprises);
bool surprises_from_name(const char *name, enum surprises_seen *surprises);
bool status_from_name(const char *name, enum check_status *status);

#endif
