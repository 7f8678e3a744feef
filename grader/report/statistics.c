#include "statistics.h"

#include <stdlib.h>
#include <string.h>

#include "cause_key.h"
#include "text.h"

/* ---- terms ---- */

static bool is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static size_t term_of(const struct statistics *statistics, const struct result *result)
{
	size_t i = 0;
	while (i < statistics->n_terms && !is_same(statistics->terms[i].name, result->term))
		i++;
	return i;
}

static void add_terms(struct statistics *statistics, const struct result *const *results, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (term_of(statistics, results[i]) < statistics->n_terms)
			continue;
		statistics->terms = xrealloc(statistics->terms, (statistics->n_terms + 1) * sizeof(*statistics->terms));
		statistics->terms[statistics->n_terms++] = (struct term){ .name = results[i]->term };
	}
}

/* ---- points ---- */

static double percent(const struct result *result)
{
	return 100.0 * result->score / result->max_score;
}

static bool has_points(const struct result *result)
{
	return result->verdict != VERDICT_ERROR && result->max_score > 0;
}

static unsigned bar_of(const struct result *result)
{
	unsigned tenths = (10 * result->score + result->max_score - 1) / result->max_score;
	return tenths < HISTOGRAM_BARS ? tenths : HISTOGRAM_BARS - 1;
}

static int by_number(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;
	return (one > other) - (one < other);
}

static void count_points(struct statistics *statistics, size_t t, const struct result *const *results, size_t n)
{
	struct term *term = &statistics->terms[t];
	double *points = xcalloc(n + 1, sizeof(*points)), sum = 0;
	size_t graded = 0;
	for (size_t i = 0; i < n; i++) {
		if (term_of(statistics, results[i]) != t || !has_points(results[i]))
			continue;
		points[graded++] = percent(results[i]);
		sum += percent(results[i]);
		term->histogram[bar_of(results[i])]++;
	}
	if (graded > 0) {
		qsort(points, graded, sizeof(*points), by_number);
		term->mean = sum / (double)graded;
		term->median = (points[(graded - 1) / 2] + points[graded / 2]) / 2;
	}
	term->graded = (unsigned)graded;
	free(points);
}

/* ---- checks ---- */

static size_t tally_of(const struct statistics *statistics, const char *id)
{
	size_t i = 0;
	while (i < statistics->n_tallies && strcmp(statistics->tallies[i].id, id) != 0)
		i++;
	return i;
}

static void add_tallies(struct statistics *statistics, const struct result *result)
{
	for (size_t c = 0; c < result->n_checks; c++) {
		const struct check_result *check = &result->checks[c];
		if (tally_of(statistics, check->id) < statistics->n_tallies)
			continue;
		statistics->tallies =
		    xrealloc(statistics->tallies, (statistics->n_tallies + 1) * sizeof(*statistics->tallies));
		statistics->tallies[statistics->n_tallies++] =
		    (struct tally){ .id = check->id, .hidden = check->hidden, .remark = check_is_remark(check) };
	}
}

static void tally_check(struct tally *tally, const struct check_result *check)
{
	const struct coverage *coverage = check_coverage(check);
	tally->passed += check->status == STATUS_PASS;
	tally->failed += check->status == STATUS_FAIL;
	tally->undecided += check->status == STATUS_INCONCLUSIVE || check->status == STATUS_ERROR;
	tally->uncounted += check->status == STATUS_UNCOUNTED;
	tally->sampled += check->status == STATUS_PASS && coverage != NULL && coverage->kind < COVERAGE_BOUNDED;
}

unsigned tally_all(const struct tally *tally)
{
	return tally->passed + tally->failed + tally->undecided + tally->uncounted;
}

static bool comes_before(const struct tally *one, const struct tally *other)
{
	return one->remark != other->remark ? other->remark : tally_share(one) > tally_share(other);
}

/* By insertion: equal ones stay in the exercise's order. */
size_t *statistics_by_share(const struct statistics *statistics)
{
	size_t *order = xcalloc(statistics->n_tallies + 1, sizeof(*order));
	for (size_t i = 0; i < statistics->n_tallies; i++) {
		size_t k = i;
		for (; k > 0 && comes_before(&statistics->tallies[i], &statistics->tallies[order[k - 1]]); k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	return order;
}

double tally_share(const struct tally *tally)
{
	unsigned all = tally_all(tally);
	return all > 0 ? 100.0 * tally->passed / all : 0;
}

double tally_failed_share(const struct tally *tally)
{
	unsigned all = tally_all(tally);
	return all > 0 ? 100.0 * tally->failed / all : 0;
}

/* ---- causes ---- */

static struct class_cause *cause_for(struct statistics *statistics, const char *key)
{
	for (size_t i = 0; i < statistics->n_causes; i++) {
		if (strcmp(statistics->causes[i].key, key) == 0)
			return &statistics->causes[i];
	}
	return NULL;
}

static bool is_told(const struct check_result *check)
{
	return check->status == STATUS_FAIL && (check->message != NULL || check->resembles != NULL);
}

static struct class_cause *add_cause(struct statistics *statistics, const char *key, const struct check_result *check)
{
	statistics->causes = xrealloc(statistics->causes, (statistics->n_causes + 1) * sizeof(*statistics->causes));
	struct class_cause *cause = &statistics->causes[statistics->n_causes++];
	*cause = (struct class_cause){
		.key = xstrdup(key),
		.words = cause_words(check->message != NULL ? check->message : check->resembles),
		.remark = check_is_remark(check),
		.terms = xcalloc(statistics->n_terms + 1, sizeof(*cause->terms)),
	};
	return cause;
}

static void add_id(struct class_cause *cause, const char *id)
{
	for (size_t i = 0; i < cause->n_ids; i++) {
		if (strcmp(cause->ids[i], id) == 0)
			return;
	}
	cause->ids = xrealloc(cause->ids, (cause->n_ids + 1) * sizeof(*cause->ids));
	cause->ids[cause->n_ids++] = id;
}

/* Without a story there is nothing to look at; a short one is looked at with pleasure. */
static bool is_better_example(const struct class_cause *cause, const struct check_result *check)
{
	const struct counterexample *one = cause->check != NULL ? cause->check->counterexample : NULL,
				    *other = check->counterexample;
	return cause->check == NULL || (other != NULL && (one == NULL || other->n_steps < one->n_steps));
}

static void count_cause(struct statistics *statistics, const struct result *result, const struct check_result *check)
{
	char *key = cause_key(result, check);
	struct class_cause *cause = cause_for(statistics, key);
	if (cause == NULL)
		cause = add_cause(statistics, key, check);
	if (cause->last != result) {
		cause->results++;
		cause->terms[term_of(statistics, result)]++;
	}
	cause->last = result;
	cause->remark = cause->remark && check_is_remark(check);
	add_id(cause, check->id);
	if (is_better_example(cause, check)) {
		cause->example = result;
		cause->check = check;
	}
	free(key);
}

const struct class_cause *statistics_cause(const struct statistics *statistics, const struct result *result,
					   const struct check_result *check)
{
	if (!is_told(check))
		return NULL;
	char *key = cause_key(result, check);
	const struct class_cause *cause = cause_for((struct statistics *)statistics, key);
	free(key);
	return cause;
}

static int by_count(const void *a, const void *b)
{
	const struct class_cause *one = a, *other = b;
	if (one->results != other->results)
		return one->results < other->results ? 1 : -1;
	return strcmp(one->key, other->key);
}

/* ---- all ---- */

static void count_result(struct statistics *statistics, const struct result *result)
{
	size_t t = term_of(statistics, result);
	statistics->terms[t].results++;
	statistics->terms[t].verdicts[result->verdict]++;
	for (size_t c = 0; c < result->n_checks; c++) {
		const struct check_result *check = &result->checks[c];
		size_t i = tally_of(statistics, check->id);
		tally_check(&statistics->tallies[i], check);
		tally_check(&statistics->term_tallies[t * statistics->n_tallies + i], check);
		if (is_told(check))
			count_cause(statistics, result, check);
	}
}

void statistics_count(struct statistics *statistics, const struct result *const *results, size_t n)
{
	*statistics = (struct statistics){ 0 };
	add_terms(statistics, results, n);
	for (size_t i = 0; i < n; i++)
		add_tallies(statistics, results[i]);
	statistics->term_tallies =
	    xcalloc(statistics->n_terms * statistics->n_tallies + 1, sizeof(*statistics->term_tallies));
	for (size_t i = 0; i < n; i++)
		count_result(statistics, results[i]);
	for (size_t t = 0; t < statistics->n_terms; t++)
		count_points(statistics, t, results, n);
	if (statistics->n_causes > 1)
		qsort(statistics->causes, statistics->n_causes, sizeof(*statistics->causes), by_count);
}

void statistics_free(struct statistics *statistics)
{
	for (size_t i = 0; i < statistics->n_causes; i++) {
		free(statistics->causes[i].key);
		free(statistics->causes[i].words);
		free(statistics->causes[i].terms);
		free(statistics->causes[i].ids);
	}
	free(statistics->causes);
	free(statistics->term_tallies);
	free(statistics->tallies);
	free(statistics->terms);
	*statistics = (struct statistics){ 0 };
}
