#include "names.h"

#include <stddef.h>
#include <string.h>

static const char *const property_names[PROPERTY_COUNT] = {
	[PROPERTY_MUTUAL_EXCLUSION] = "mutual-exclusion",
	[PROPERTY_PROGRESS] = "progress",
	[PROPERTY_BOUNDED_WAITING] = "bounded-waiting",
	[PROPERTY_DATA_RACE] = "data-race",
	[PROPERTY_ORDERING] = "ordering",
	[PROPERTY_CAPACITY] = "capacity",
	[PROPERTY_LOST_WAKEUP] = "lost-wakeup",
	[PROPERTY_BUSY_WAITING] = "busy-waiting",
	[PROPERTY_INDEPENDENCE] = "independence",
	[PROPERTY_PROCESS_SHARED] = "process-shared",
	[PROPERTY_MEMORY_SAFETY] = "memory-safety",
	[PROPERTY_PARALLELISM] = "parallelism",
};

static const char *const engine_names[ENGINE_COUNT] = {
	[ENGINE_EXPLORE] = "explore",
	[ENGINE_TSAN] = "tsan",
	[ENGINE_NATIVE] = "native",
};

static const char *const status_names[] = {
	[STATUS_PASS] = "pass",   [STATUS_FAIL] = "fail",           [STATUS_INCONCLUSIVE] = "inconclusive",
	[STATUS_ERROR] = "error", [STATUS_UNCOUNTED] = "uncounted",
};

static const char *const coverage_names[COVERAGE_COUNT] = {
	[COVERAGE_NOTHING] = "nothing", [COVERAGE_SAMPLED] = "sampled", [COVERAGE_SWITCHES] = "switches",
	[COVERAGE_CUT] = "cut",         [COVERAGE_BOUNDED] = "bounded", [COVERAGE_ALL] = "all",
};

static const char *const surprises_names[SURPRISES_COUNT] = {
	[SURPRISES_LIKE_ALL] = "all",
	[SURPRISES_NONE] = "none",
	[SURPRISES_ONE] = "one",
};

static const char *const verdict_names[] = {
	[VERDICT_PASS] = "pass",
	[VERDICT_FAIL] = "fail",
	[VERDICT_ERROR] = "error",
};

/* What every kind has; the rest is the kind's own (kinds.h). */
static const char *const operation_names[] = {
	[TRIAL_OPERATION_NONE] = "",
	[TRIAL_INIT] = "init",
	[TRIAL_DESTROY] = "destroy",
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char *name_at(const char *const *names, size_t count, size_t value)
{
	return value < count && names[value] != NULL ? names[value] : "?";
}

static bool find_name(const char *const *names, size_t count, const char *name, size_t *value)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0) {
			*value = i;
			return true;
		}
	}
	return false;
}

const char *property_name(enum workload_property property)
{
	return name_at(property_names, LENGTH(property_names), (size_t)property);
}

const char *engine_name(enum engine_id engine)
{
	return name_at(engine_names, LENGTH(engine_names), (size_t)engine);
}

const char *status_name(enum check_status status)
{
	return name_at(status_names, LENGTH(status_names), (size_t)status);
}

const char *verdict_name(enum verdict verdict)
{
	return name_at(verdict_names, LENGTH(verdict_names), (size_t)verdict);
}

const char *operation_name(uint32_t operation)
{
	return name_at(operation_names, LENGTH(operation_names), operation);
}

bool property_from_name(const char *name, enum workload_property *property)
{
	size_t value;
	if (!find_name(property_names, LENGTH(property_names), name, &value))
		return false;
	*property = (enum workload_property)value;
	return true;
}

bool engine_from_name(const char *name, enum engine_id *engine)
{
	size_t value;
	if (!find_name(engine_names, LENGTH(engine_names), name, &value))
		return false;
	*engine = (enum engine_id)value;
	return true;
}

const char *coverage_name(enum coverage_kind kind)
{
	return name_at(coverage_names, LENGTH(coverage_names), (size_t)kind);
}

bool coverage_from_name(const char *name, enum coverage_kind *kind)
{
	size_t value;
	if (!find_name(coverage_names, LENGTH(coverage_names), name, &value))
		return false;
	*kind = (enum coverage_kind)value;
	return true;
}

const char *surprises_name(enum surprises_seen surprises)
{
	return name_at(surprises_names, LENGTH(surprises_names), (size_t)surprises);
}

bool surprises_from_name(const char *name, enum surprises_seen *surprises)
{
	size_t value;
	if (!find_name(surprises_names, LENGTH(surprises_names), name, &value))
		return false;
	*surprises = (enum surprises_seen)value;
	return true;
}

bool status_from_name(const char *name, enum check_status *status)
{
	size_t value;
	if (!find_name(status_names, LENGTH(status_names), name, &value))
		return false;
	*status = (enum check_status)value;
	return true;
}
