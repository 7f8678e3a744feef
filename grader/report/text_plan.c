#include "text_plan.h"

#include <stdlib.h>
#include <string.h>

#include "causes.h"
#include "rows.h"
#include "submitted.h"
#include "text.h"

/* Of many causes the first ones are told, and the first with its story: who has mended that grades again. */
enum { CAUSES_MAX = 3 };

/* A race of two accesses that the sentence names (judge): how threads came there is of no interest if that is long. */
static bool is_said_by_two_places(const struct page *page, const struct result *result,
				  const struct check_result *check)
{
	const struct counterexample *counterexample = check->counterexample;
	size_t n = counterexample != NULL ? counterexample->n_steps : 0;
	if (n < 2)
		return false;
	struct rows rows = rows_create(counterexample, page->style);
	bool is_long = rows.folded || rows.n > ROWS_WHOLE;
	rows_free(&rows);
	return is_long && counterexample->steps[n - 1].culprit && counterexample->steps[n - 2].culprit &&
	       submitted_step(result, &counterexample->steps[n - 1]) &&
	       submitted_step(result, &counterexample->steps[n - 2]);
}

static struct plan plan_failure(const struct page *page, const struct result *result, const size_t *told_by, size_t i)
{
	const struct check_result *check = &result->checks[i], *first = causes_mend_first(result, told_by, i);
	struct plan plan = { .telling = TELL_WHOLE, .by = told_by[i] };
	if (told_by[i] != i) {
		plan.telling = TELL_AS;
	} else if (first != NULL) {
		plan.telling = TELL_LATER;
		plan.first = first;
	} else if (check->property == PROPERTY_DATA_RACE && is_said_by_two_places(page, result, check)) {
		plan.telling = TELL_SENTENCE;
	}
	return plan;
}

/* The first check before that could not be judged for the same reason; itself. */
static size_t same_reason(const struct result *result, size_t i)
{
	const struct check_result *check = &result->checks[i];
	for (size_t k = 0; k < i && check->message != NULL; k++) {
		const struct check_result *other = &result->checks[k];
		if (other->status == check->status && !check_is_remark(other) && other->message != NULL &&
		    strcmp(other->message, check->message) == 0)
			return k;
	}
	return i;
}

static struct plan plan_of(const struct page *page, const struct result *result, const size_t *told_by, size_t i)
{
	struct plan plan = { .telling = TELL_SENTENCE, .by = i };
	switch (result->checks[i].status) {
	case STATUS_FAIL:
		return plan_failure(page, result, told_by, i);
	case STATUS_INCONCLUSIVE:
		plan.by = same_reason(result, i);
		plan.telling = plan.by != i ? TELL_AS : TELL_SENTENCE;
		break;
	case STATUS_PASS:
		plan.telling = TELL_NOTHING;
		break;
	case STATUS_UNCOUNTED:
		/* What builds on a hidden check says so in its message. */
		plan.telling = result->checks[i].unmet != NULL ? TELL_NOTHING : TELL_SENTENCE;
		break;
	case STATUS_ERROR:
		break;
	}
	return plan;
}

static bool fails(const struct check_result *check)
{
	return check->status == STATUS_FAIL && !check_is_remark(check);
}

bool text_any_fails(const struct result *result)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		if (fails(&result->checks[i]))
			return true;
	}
	return false;
}

/* Where each cause builds on a check that another stands for, in a circle, the first is told. */
static void tell_something(const struct result *result, struct plan *plans)
{
	size_t first = result->n_checks;
	for (size_t i = 0; i < result->n_checks; i++) {
		if (!fails(&result->checks[i]))
			continue;
		if (plans[plans[i].by].telling != TELL_LATER)
			return;
		if (first == result->n_checks)
			first = plans[i].by;
	}
	if (first < result->n_checks)
		plans[first] = (struct plan){ .telling = TELL_WHOLE, .by = first };
}

/* The causes are limited in the order in which they are on the page. A hint that replay shows with the story is told of
 * the first alone. */
static void limit(const struct result *result, struct plan *plans)
{
	bool *counted = xcalloc(result->n_checks + 1, sizeof(*counted));
	size_t causes = 0;
	for (size_t i = 0; i < result->n_checks; i++) {
		struct plan *plan = &plans[plans[i].by];
		const struct check_result *cause = &result->checks[plans[i].by];
		if (counted[plans[i].by] || !fails(cause) || !fails(&result->checks[i]) || plan->telling == TELL_LATER)
			continue;
		counted[plans[i].by] = true;
		plan->without_section = causes > 0;
		plan->without_hint = causes > 0 && cause->counterexample != NULL;
		if (causes >= CAUSES_MAX)
			plan->telling = TELL_FURTHER;
		else if (causes > 0)
			plan->telling = TELL_SENTENCE;
		causes++;
	}
	free(counted);
}

struct plan *text_plan(const struct page *page, const struct result *result)
{
	bool verbose = page->style->verbose;
	struct plan *plans = xcalloc(result->n_checks + 1, sizeof(*plans));
	size_t *told_by = causes_of(result);
	for (size_t i = 0; i < result->n_checks; i++)
		plans[i] =
		    verbose ? (struct plan){ .telling = TELL_WHOLE, .by = i } : plan_of(page, result, told_by, i);
	free(told_by);
	if (!verbose) {
		tell_something(result, plans);
		limit(result, plans);
	}
	return plans;
}
