#include "enough.h"

#include <stdlib.h>
#include <string.h>

#include "saying.h"
#include "text.h"
#include "translate.h"

#define SHORT_EXECUTION 1000u /* steps: of all threads together */

struct coverage coverage_of(const struct explored *explored)
{
	const struct frame_explore_property *said = &explored->said;
	return (struct coverage){ .known = true,
				  .kind = (enum coverage_kind)said->coverage,
				  .switches = said->switches,
				  .surprises = (enum surprises_seen)said->surprises,
				  .executions = said->looked_at,
				  .length = said->length,
				  .cut = said->cut };
}

/* That nobody waits for ever cannot be seen in a part of the states: what is left out may be the way to a cycle. */
static bool needs_all(enum workload_property property)
{
	return property == PROPERTY_BOUNDED_WAITING;
}

/* Of an algorithm of long executions a sample shows less: of those with two context switches among n steps there are as
 * many as n² says. */
static uint64_t as_short_ones(const struct coverage *coverage)
{
	uint64_t length = coverage->length;
	if (length <= SHORT_EXECUTION || coverage->executions <= 1)
		return coverage->executions;
	uint64_t worth = coverage->executions * SHORT_EXECUTION * SHORT_EXECUTION / (length * length);
	return worth > 0 ? worth : 1; /* one execution is one, however long */
}

bool enough_looked_at(const struct exercise_coverage *wanted, enum workload_property property,
		      const struct coverage *coverage)
{
	enum coverage_kind least = wanted->accept;
	if (coverage->kind >= COVERAGE_BOUNDED && least < COVERAGE_ALL)
		return true;
	switch (least) {
	case COVERAGE_NOTHING:
		return true;
	case COVERAGE_SAMPLED:
		if (as_short_ones(coverage) >= wanted->executions)
			return !needs_all(property);
		/* A fault in some executions does not take away what the others show. */
		if (coverage->kind == COVERAGE_CUT && coverage->executions >= coverage->cut)
			return !needs_all(property);
		return coverage->kind == COVERAGE_SWITCHES && coverage->switches >= wanted->switches &&
		       !needs_all(property);
	case COVERAGE_SWITCHES:
		return coverage->kind == COVERAGE_SWITCHES && coverage->switches >= wanted->switches;
	default:
		return coverage->kind >= least;
	}
}

char *enough_missing(const struct exercise *exercise, const struct exercise_workload *workload,
		     enum workload_property property, const struct coverage *coverage)
{
	(void)exercise;
	char *seen = coverage_said(coverage);
	char *text;
	if (coverage->kind == COVERAGE_CUT)
		text = say(N_("Not judged: another violation cuts most executions short (%s). Mend that first."), seen);
	else if (needs_all(property))
		text = say(N_("Not judged: there are more states than the explorer looks at, and what it has left out "
			      "may repeat without end. With fewer variables, and loops that leave nothing "
			      "changed, it can be judged. (Instructors: max_executions of %s in exercise.yaml.)"),
			   workload->name);
	else
		text = say(N_("Not judged: the explorer has looked at too little (%s). Fewer accesses to memory and "
			      "shorter loops in each call let it see more. (Instructors: max_executions of %s, or "
			      "coverage, in exercise.yaml.)"),
			   seen, workload->name);
	free(seen);
	return text;
}

bool enough_waiting(const struct judge_input *input)
{
	bool explored = false;
	/* One check alone is looked at in one workload alone. */
	if (input->only_check != NULL || input->replays)
		return true;
	for (size_t i = 0; i < input->n_runs; i++) {
		const struct evidence *evidence = &input->runs[i].evidence;
		for (size_t k = 0; input->runs[i].ran && k < evidence->n_explored; k++) {
			explored = true;
			if (evidence->explored[k].said.waited != 0)
				return true;
		}
	}
	return !explored;
}

/* ---- requires ---- */

/* Of those that took part: the first that does not hold. */
static const char *first_unmet(const struct result *result, const struct check_result *check)
{
	for (size_t i = 0; i < check->n_requires; i++) {
		const struct check_result *other = result_find_check(result, check->requires[i]);
		if (other != NULL && other->status != STATUS_PASS)
			return other->id;
	}
	return NULL;
}

static void withhold(struct check_result *check, const char *unmet)
{
	char *says = say(N_("It holds, and counts once %s holds."), unmet);
	check->status = STATUS_UNCOUNTED;
	check->unmet = xstrdup(unmet);
	if (check->message != NULL && check->message[0] != '\0')
		text_replace(&says, xasprintf("%s %s", check->message, says));
	text_replace(&check->message, says);
}

void enough_requires(struct result *result)
{
	bool again = true;
	while (again) {
		again = false;
		for (size_t i = 0; i < result->n_checks; i++) {
			struct check_result *check = &result->checks[i];
			const char *unmet = check->status == STATUS_PASS ? first_unmet(result, check) : NULL;
			if (unmet == NULL)
				continue;
			withhold(check, unmet);
			again = true;
		}
	}
}
