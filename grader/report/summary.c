#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "text.h"
#include "translate.h"

/* A class at a glance: who got what, how many failed what, and the commonest reasons. */

struct tally {
	const char *id;
	bool hidden, remark;
	unsigned passed, failed, undecided, uncounted, sampled; /* sampled: passes by less than all there is */
};

struct reason {
	const char *id, *message;
	unsigned count;
};

struct statistics {
	size_t n_tallies, n_reasons;
	struct tally *tallies;
	struct reason *reasons;
	unsigned verdicts[3];
};

static struct tally *tally_for(struct statistics *statistics, const struct check_result *check)
{
	const char *id = check->id;
	for (size_t i = 0; i < statistics->n_tallies; i++) {
		if (strcmp(statistics->tallies[i].id, id) == 0)
			return &statistics->tallies[i];
	}
	statistics->tallies = xrealloc(statistics->tallies, (statistics->n_tallies + 1) * sizeof(*statistics->tallies));
	struct tally *added = &statistics->tallies[statistics->n_tallies++];
	*added = (struct tally){ .id = id, .hidden = check->hidden, .remark = check_is_remark(check) };
	return added;
}

static void count_reason(struct statistics *statistics, const struct check_result *check)
{
	for (size_t i = 0; i < statistics->n_reasons; i++) {
		struct reason *reason = &statistics->reasons[i];
		if (strcmp(reason->id, check->id) == 0 && strcmp(reason->message, check->message) == 0) {
			reason->count++;
			return;
		}
	}
	statistics->reasons = xrealloc(statistics->reasons, (statistics->n_reasons + 1) * sizeof(*statistics->reasons));
	statistics->reasons[statistics->n_reasons++] =
	    (struct reason){ .id = check->id, .message = check->message, .count = 1 };
}

static void count(struct statistics *statistics, const struct result *result)
{
	statistics->verdicts[result->verdict]++;
	for (size_t c = 0; c < result->n_checks; c++) {
		const struct check_result *check = &result->checks[c];
		struct tally *tally = tally_for(statistics, check);
		tally->passed += check->status == STATUS_PASS;
		tally->failed += check->status == STATUS_FAIL;
		tally->undecided += check->status == STATUS_INCONCLUSIVE || check->status == STATUS_ERROR;
		tally->uncounted += check->status == STATUS_UNCOUNTED;
		const struct coverage *coverage = check_coverage(check);
		tally->sampled += check->status == STATUS_PASS && coverage != NULL && coverage->kind < COVERAGE_BOUNDED;
		if (check->status == STATUS_FAIL && check->max_score > 0 && check->message != NULL)
			count_reason(statistics, check);
	}
}

static int by_count(const void *a, const void *b)
{
	const struct reason *first = a, *second = b;
	if (first->count != second->count)
		return first->count < second->count ? 1 : -1;
	int order = strcmp(first->id, second->id);
	return order != 0 ? order : strcmp(first->message, second->message);
}

static void print_student(FILE *out, const struct result *result)
{
	enum { NAME_COLUMNS = 40, VERDICT_COLUMNS = 6 };
	const char *name = result->student.name != NULL ? result->student.name : result->submission;
	const char *id = result->student.id;
	char *told = id != NULL ? xasprintf("%s (%s)", name, id) : xstrdup(name);
	char *safe = escape_terminal(told, false);
	size_t columns = escape_columns(safe);
	const char *verdict = _(report_verdict_words(result->verdict));
	fprintf(out, "  %s%*s %s%*s ", safe, columns < NAME_COLUMNS ? (int)(NAME_COLUMNS - columns) : 0, "", verdict,
		escape_padding(verdict, VERDICT_COLUMNS), "");
	if (result->verdict == VERDICT_ERROR)
		fprintf(out, "%s\n", _("not graded"));
	else
		fprintf(out, "%3u/%u\n", result->score, result->max_score);
	free(safe);
	free(told);
}

/* Those of whom nothing could be run: the first line of why. */
static void print_not_run(FILE *out, const struct result *const *results, size_t n)
{
	enum { TOLD_MAX = 40 };
	size_t told = 0, left = 0;
	for (size_t i = 0; i < n; i++) {
		const struct result *result = results[i];
		if (result->message == NULL)
			continue;
		if (told == TOLD_MAX) {
			left++;
			continue;
		}
		char *line = xstrndup(result->message, strcspn(result->message, "\n"));
		char *name =
		    escape_terminal(result->student.name != NULL ? result->student.name : result->submission, false);
		char *safe = escape_terminal(line, false);
		if (told++ == 0)
			fprintf(out, "\n%s\n", _("Not run:"));
		fprintf(out, "  %s: %s\n", name, safe);
		free(safe);
		free(name);
		free(line);
	}
	if (left > 0)
		fprintf(out, _("  and %zu more\n"), left);
}

static void print_heads(FILE *out)
{
	const char *check = _("check"), *pass = _("pass"), *fail = _("fail"), *undecided = _("undecided");
	const char *uncounted = _("uncounted"), *sampled = _("sampled");
	fprintf(out, "\n  %s%*s %*s%s %*s%s %*s%s %*s%s %*s%s\n", check, escape_padding(check, 36), "",
		escape_padding(pass, 6), "", pass, escape_padding(fail, 6), "", fail, escape_padding(undecided, 9), "",
		undecided, escape_padding(uncounted, 9), "", uncounted, escape_padding(sampled, 8), "", sampled);
}

static void print_statistics(FILE *out, const struct statistics *statistics)
{
	enum { REASONS_TOLD = 10 };
	fprintf(out, _("\n%u pass, %u fail, %u not graded\n"), statistics->verdicts[VERDICT_PASS],
		statistics->verdicts[VERDICT_FAIL], statistics->verdicts[VERDICT_ERROR]);
	if (statistics->n_tallies > 0)
		print_heads(out);
	for (size_t i = 0; i < statistics->n_tallies; i++) {
		const struct tally *tally = &statistics->tallies[i];
		fprintf(out, "  %-36s %6u %6u %9u %9u %8u%s%s\n", tally->id, tally->passed, tally->failed,
			tally->undecided, tally->uncounted, tally->sampled,
			tally->hidden ? _("  hidden from students") : "", tally->remark ? _("  a remark") : "");
	}
	if (statistics->n_reasons > 0)
		fprintf(out, _("\nThe commonest reasons:\n"));
	for (size_t i = 0; i < statistics->n_reasons && i < REASONS_TOLD; i++) {
		const struct reason *reason = &statistics->reasons[i];
		char *safe = escape_terminal(reason->message, false);
		fprintf(out, "  %3u ×  %s: %s\n", reason->count, reason->id, safe);
		free(safe);
	}
}

static int summary_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	struct statistics statistics = { 0 };
	(void)style;
	for (size_t i = 0; i < n; i++) {
		print_student(out, results[i]);
		count(&statistics, results[i]);
	}
	if (statistics.n_reasons > 1)
		qsort(statistics.reasons, statistics.n_reasons, sizeof(*statistics.reasons), by_count);
	print_statistics(out, &statistics);
	print_not_run(out, results, n);
	free(statistics.tallies);
	free(statistics.reasons);
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_summary = { .name = "summary", .all = summary_all };
