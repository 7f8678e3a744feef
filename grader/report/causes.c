#include "causes.h"

#include <stdlib.h>
#include <string.h>

#include "submitted.h"
#include "text.h"

/* The lines of the submission that a story goes through. */
struct lines {
	unsigned *line;
	size_t n;
};

enum family { FAMILY_SEEN, FAMILY_STUCK, FAMILY_OWN };

static enum family family_of(enum workload_property property)
{
	switch (property) {
	case PROPERTY_MUTUAL_EXCLUSION:
	case PROPERTY_CAPACITY:
	case PROPERTY_ORDERING:
	case PROPERTY_INDEPENDENCE:
	case PROPERTY_DATA_RACE:
		return FAMILY_SEEN;
	case PROPERTY_PROGRESS:
	case PROPERTY_LOST_WAKEUP:
		return FAMILY_STUCK;
	default:
		return FAMILY_OWN;
	}
}

/* Threads that wait for ever are that, whichever property they keep from being seen. */
static enum family family_seen(const struct check_result *check)
{
	const struct counterexample *counterexample = check->counterexample;
	size_t n = counterexample != NULL ? counterexample->n_steps : 0;
	return n > 0 && strcmp(counterexample->steps[n - 1].op, "waits") == 0 ? FAMILY_STUCK
									      : family_of(check->property);
}

static bool same_family(const struct check_result *a, const struct check_result *b)
{
	enum family family = family_seen(a);
	return family == family_seen(b) && (family != FAMILY_OWN || a->property == b->property);
}

static bool has_line(const struct lines *lines, unsigned line)
{
	for (size_t i = 0; i < lines->n; i++) {
		if (lines->line[i] == line)
			return true;
	}
	return false;
}

static struct lines lines_of(const struct result *result, const struct counterexample *counterexample)
{
	struct lines lines = { .line = xcalloc(counterexample->n_steps + 1, sizeof(*lines.line)) };
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		const struct step *step = &counterexample->steps[i];
		if (!step->context && submitted_step(result, step) && !has_line(&lines, step->place.line))
			lines.line[lines.n++] = step->place.line;
	}
	return lines;
}

static size_t length_of(const struct counterexample *counterexample)
{
	size_t n = 0;
	for (size_t i = 0; i < counterexample->n_steps; i++)
		n += !counterexample->steps[i].context;
	return n;
}

/* Where none of the submission's lines takes part (it does nothing there), none has to in the other. */
static bool has_all(const struct lines *all, const struct lines *some)
{
	for (size_t i = 0; i < some->n; i++) {
		if (!has_line(all, some->line[i]))
			return false;
	}
	return some->n > 0 || all->n == 0;
}

static bool is_failure(const struct check_result *check)
{
	return check->status == STATUS_FAIL && check->max_score > 0;
}

/* The sentences after the first, if they name a place or a number: "… (line 22): …". NULL: there are none such. */
static const char *reason_in(const char *message)
{
	const char *end = message != NULL ? strstr(message, ". ") : NULL;
	return end != NULL && strpbrk(end, "0123456789") != NULL ? end : NULL;
}

/* The reasons that judge gives (judge/reasons.h) are the same, of the same place. */
static bool same_reason(const struct check_result *a, const struct check_result *b)
{
	const char *reason = reason_in(a->message), *other = reason_in(b->message);
	return reason != NULL && other != NULL && a->counterexample != NULL && b->counterexample != NULL &&
	       strcmp(reason, other) == 0;
}

static bool tells(const struct result *result, size_t teller, const struct check_result *check)
{
	const struct check_result *one = &result->checks[teller];
	if (!is_failure(one) || one == check || (!same_family(one, check) && !same_reason(one, check)))
		return false;
	if (check->counterexample == NULL)
		return one->message != NULL && check->message != NULL && strcmp(one->message, check->message) == 0 &&
		       one < check;
	if (one->counterexample == NULL || one->counterexample->only_weak != check->counterexample->only_weak)
		return false;
	size_t n = length_of(one->counterexample), steps = length_of(check->counterexample);
	if (n > steps || (n == steps && one > check))
		return false;
	if (same_reason(one, check))
		return true;
	struct lines some = lines_of(result, one->counterexample), all = lines_of(result, check->counterexample);
	bool yes = has_all(&all, &some);
	free(some.line);
	free(all.line);
	return yes;
}

static size_t steps_of(const struct result *result, size_t i)
{
	const struct counterexample *counterexample = result->checks[i].counterexample;
	return counterexample != NULL ? length_of(counterexample) : 0;
}

const struct check_result *causes_mend_first(const struct result *result, const size_t *told_by, size_t i)
{
	const struct check_result *check = &result->checks[i];
	for (size_t r = 0; r < check->n_requires; r++) {
		const struct check_result *other = result_find_check(result, check->requires[r]);
		if (other != NULL && other->status == STATUS_FAIL && told_by[other - result->checks] != told_by[i])
			return other;
	}
	return NULL;
}

/* Of the checks that show the same, the first in the exercise's order that does so in not many more steps than the
 * shortest: the plainest question comes with the plainest words. With two objects nothing is plain. */
static size_t spokesman(const struct result *result, const size_t *told_by, size_t shortest)
{
	enum { MORE = 10 };
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		if (told_by[i] == shortest && is_failure(check) && check->property != PROPERTY_INDEPENDENCE &&
		    check->property != PROPERTY_DATA_RACE && causes_mend_first(result, told_by, i) == NULL &&
		    steps_of(result, i) <= steps_of(result, shortest) + MORE)
			return i;
	}
	return shortest;
}

static void pass_on(const struct result *result, size_t *told_by, size_t from, size_t to)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		if (told_by[i] == from)
			told_by[i] = to;
	}
}

size_t *causes_of(const struct result *result)
{
	size_t *told_by = xcalloc(result->n_checks + 1, sizeof(*told_by));
	for (size_t i = 0; i < result->n_checks; i++) {
		told_by[i] = i;
		for (size_t k = 0; k < result->n_checks && is_failure(&result->checks[i]); k++) {
			if (!tells(result, k, &result->checks[i]))
				continue;
			size_t best = told_by[i];
			const struct counterexample *one = result->checks[k].counterexample,
						    *other = result->checks[best].counterexample;
			if (best == i || (one != NULL && other != NULL && length_of(one) < length_of(other)))
				told_by[i] = k;
		}
	}
	/* Who is told by another that is itself told is told by that one's teller: the relation is transitive. */
	for (size_t i = 0; i < result->n_checks; i++) {
		while (told_by[told_by[i]] != told_by[i])
			told_by[i] = told_by[told_by[i]];
	}
	for (size_t i = 0; i < result->n_checks; i++) {
		if (told_by[i] == i && is_failure(&result->checks[i]))
			pass_on(result, told_by, i, spokesman(result, told_by, i));
	}
	return told_by;
}
