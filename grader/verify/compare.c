#include "compare.h"

#include <string.h>

#include "names.h"
#include "translate.h"

static const char *words(const char *text)
{
	return text != NULL ? text : "";
}

/* Real threads that were spared what another engine has found have not been asked: that one has said fail then. */
static bool was_spared(const struct engine_result *said)
{
	return said->engine != ENGINE_EXPLORE && said->threads == 0 && said->status == STATUS_INCONCLUSIVE;
}

static void expect_engine(const struct check_result *check, const char *name, struct text *complaints)
{
	for (size_t i = 0; i < check->n_engines; i++) {
		const struct engine_result *said = &check->engines[i];
		if (strcmp(engine_name(said->engine), name) != 0)
			continue;
		if (said->status != STATUS_FAIL && !was_spared(said))
			text_printf(complaints, _("%s: %s says %s, should fail: %s\n"), check->id, name,
				    status_name(said->status), words(said->message));
		return;
	}
	text_printf(complaints, _("%s: %s took no part\n"), check->id, name);
}

static void expect_fail(const struct result *result, const struct expected_failure *expected, struct text *complaints)
{
	const struct check_result *check = result_find_check(result, expected->check);
	if (check == NULL) {
		text_printf(complaints, _("%s: there is no such check\n"), expected->check);
		return;
	}
	if (check->status != STATUS_FAIL)
		text_printf(complaints, _("%s: %s, should fail\n"), check->id, status_name(check->status));
	else if (words(check->message)[0] == '\0')
		text_printf(complaints, _("%s: fails without a word\n"), check->id);
	for (unsigned i = 0; i < expected->n_engines; i++)
		expect_engine(check, expected->engines[i], complaints);
}

static void expect_pass(const struct result *result, const char *id, struct text *complaints)
{
	const struct check_result *check = result_find_check(result, id);
	if (check == NULL)
		text_printf(complaints, _("%s: there is no such check\n"), id);
	/* The property holds, whatever it is that takes the points away. */
	else if (check->status != STATUS_PASS && check->status != STATUS_UNCOUNTED)
		text_printf(complaints, _("%s: %s, should pass: %s\n"), id, status_name(check->status),
			    words(check->message));
}

/* The least number of context switches among the counterexamples of the checks that must fail. */
static void expect_switches(const struct result *result, const struct expectation *expectation, struct text *complaints)
{
	int least = -1;
	for (unsigned i = 0; i < expectation->n_fails; i++) {
		const struct check_result *check = result_find_check(result, expectation->fails[i].check);
		const struct counterexample *shown = check != NULL ? check->counterexample : NULL;
		if (shown != NULL && (least < 0 || (int)shown->context_switches < least))
			least = (int)shown->context_switches;
	}
	if (expectation->switches != 0 && least != expectation->switches)
		text_printf(complaints, _("a counterexample with %d context switches, should be %d\n"), least,
			    expectation->switches);
}

static void expect_verdict(const struct result *result, enum verdict expected, struct text *complaints)
{
	if (result->verdict != expected)
		text_printf(complaints, _("verdict %s, should be %s%s%s\n"), verdict_name(result->verdict),
			    verdict_name(expected), result->message != NULL ? ": " : "", words(result->message));
}

/* Remarks are not expected to be anything, unless they are named; but that a solution works between threads only, or
 * does not, is to be said. */
static void expect_others(const struct result *result, const struct expectation *expectation, struct text *complaints)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		bool shared = expectation == NULL && check->property == PROPERTY_PROCESS_SHARED;
		if ((check->max_score > 0 || shared) && !expectation_fails(expectation, check->id))
			expect_pass(result, check->id, complaints);
	}
}

static bool costs_points(const struct result *result, const struct expectation *expectation)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		if (result->checks[i].max_score > 0 && expectation_fails(expectation, result->checks[i].id))
			return true;
	}
	return false;
}

void compare(const struct result *result, const struct expectation *expectation, struct text *complaints)
{
	if (expectation == NULL) {
		expect_verdict(result, VERDICT_PASS, complaints);
		expect_others(result, NULL, complaints);
		return;
	}
	expect_verdict(result, costs_points(result, expectation) ? VERDICT_FAIL : VERDICT_PASS, complaints);
	for (unsigned i = 0; i < expectation->n_fails; i++)
		expect_fail(result, &expectation->fails[i], complaints);
	expect_switches(result, expectation, complaints);
	if (expectation->others != NULL)
		expect_others(result, expectation, complaints);
	for (unsigned i = 0; i < expectation->n_passes; i++)
		expect_pass(result, expectation->passes[i], complaints);
}

void compare_starter(const struct result *result, const struct exercise *exercise, struct text *complaints)
{
	if (result->message != NULL)
		text_printf(complaints, _("it cannot be graded: %s\n"), result->message);
	if (result->score > exercise->starter_max)
		text_printf(
		    complaints,
		    _("it gets %u points as it is, and may get %u: let checks require what it lacks (requires:), or "
		      "raise starter_max\n"),
		    result->score, exercise->starter_max);
	for (size_t i = 0; result->score > exercise->starter_max && i < result->n_checks; i++) {
		if (result->checks[i].score > 0)
			text_printf(complaints, _("%u points for %s\n"), result->checks[i].score, result->checks[i].id);
	}
}
