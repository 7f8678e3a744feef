#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "statistics.h"
#include "text.h"
#include "translate.h"

/* A class at a glance: who got what, how many failed what, and the commonest reasons. */

static void print_adjusted(FILE *out, const struct result *result)
{
	if (result->adjusted != NULL) {
		char *why = escape_terminal(result->adjusted, false);
		fprintf(out, _("  (graded: %u; %s)"), result->graded_score, why);
		free(why);
	}
	fputc('\n', out);
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
		fputs(_("not graded"), out);
	else
		fprintf(out, "%3u/%u", result->score, result->max_score);
	print_adjusted(out, result);
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

/* By cause, and not by sentence: a sentence has each student's own numbers and names. */
static void print_causes(FILE *out, const struct statistics *statistics)
{
	enum { CAUSES_TOLD = 15 };
	for (size_t i = 0; i < statistics->n_causes && i < CAUSES_TOLD; i++) {
		const struct class_cause *cause = &statistics->causes[i];
		struct text ids = { 0 };
		for (size_t k = 0; k < cause->n_ids; k++)
			text_printf(&ids, "%s%s", k > 0 ? " + " : "", cause->ids[k]);
		char *safe =
		    escape_terminal(cause->check->resembles != NULL ? cause->check->resembles : cause->words, false);
		if (i == 0)
			fprintf(out, _("\nThe commonest reasons:\n"));
		fprintf(out, "  %3u ×  ", cause->results);
		for (size_t t = 0; t < statistics->n_terms && statistics->n_terms > 1; t++)
			fprintf(out, "%s%s %u%s", t > 0 ? ", " : "(", statistics->terms[t].name, cause->terms[t],
				t + 1 < statistics->n_terms ? "" : ")  ");
		fprintf(out, "%s%s: ", ids.data, cause->remark ? _("  a remark") : "");
		if (cause->check->resembles != NULL)
			fprintf(out, _("known mistake: %s\n"), safe);
		else
			fprintf(out, "%s\n", safe);
		free(safe);
		text_free(&ids);
	}
}

/* "2023: 12 submissions, …", and how many got how many points. */
static void print_term(FILE *out, const struct term *term)
{
	enum { BAR_COLUMNS = 40 };
	unsigned most = 1;
	if (term->graded == 0)
		return;
	fputc('\n', out);
	if (term->name != NULL)
		fprintf(out, "%s: ", term->name);
	fprintf(out, _("points of the %u that are graded: mean %.0f %%, median %.0f %%\n"), term->graded, term->mean,
		term->median);
	for (unsigned i = 0; i < HISTOGRAM_BARS; i++)
		most = term->histogram[i] > most ? term->histogram[i] : most;
	for (unsigned i = 0; i < HISTOGRAM_BARS; i++) {
		unsigned columns = (term->histogram[i] * BAR_COLUMNS + most - 1) / most;
		char *percent = i == 0 ? xstrdup("0") : xasprintf("%u-%u", 10 * i - 9, 10 * i);
		fprintf(out, "  %7s %%  %5u  %.*s\n", percent, term->histogram[i], (int)columns,
			"########################################");
		free(percent);
	}
}

static void print_share(FILE *out, const char *format, const struct tally *tally)
{
	char *share = xasprintf("%.0f %%", tally_share(tally));
	fprintf(out, "  %s %s (%s)\n", format, tally->id, share);
	free(share);
}

/* The checks that most, and fewest, have right; remarks are none. */
static void print_extremes(FILE *out, const struct statistics *statistics)
{
	size_t *order = statistics_by_share(statistics), n = 0;
	while (n < statistics->n_tallies && !statistics->tallies[order[n]].remark)
		n++;
	if (n > 1) {
		fputc('\n', out);
		print_share(out, _("most have right:  "), &statistics->tallies[order[0]]);
		print_share(out, _("fewest have right:"), &statistics->tallies[order[n - 1]]);
	}
	free(order);
}

static void print_statistics(FILE *out, const struct statistics *statistics)
{
	unsigned verdicts[3] = { 0 };
	for (size_t t = 0; t < statistics->n_terms; t++) {
		for (unsigned v = 0; v < 3; v++)
			verdicts[v] += statistics->terms[t].verdicts[v];
	}
	fprintf(out, _("\n%u pass, %u fail, %u not graded\n"), verdicts[VERDICT_PASS], verdicts[VERDICT_FAIL],
		verdicts[VERDICT_ERROR]);
	if (statistics->n_tallies > 0)
		print_heads(out);
	for (size_t i = 0; i < statistics->n_tallies; i++) {
		const struct tally *tally = &statistics->tallies[i];
		fprintf(out, "  %-36s %6u %6u %9u %9u %8u%s%s\n", tally->id, tally->passed, tally->failed,
			tally->undecided, tally->uncounted, tally->sampled,
			tally->hidden ? _("  hidden from students") : "", tally->remark ? _("  a remark") : "");
	}
	print_extremes(out, statistics);
	for (size_t t = 0; t < statistics->n_terms; t++)
		print_term(out, &statistics->terms[t]);
	print_causes(out, statistics);
}

static int summary_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	struct statistics statistics;
	(void)style;
	/* Of several terms, nobody is named. */
	bool one_term = n > 0 && results[0]->term == NULL;
	for (size_t i = 0; i < n && one_term; i++)
		print_student(out, results[i]);
	statistics_count(&statistics, results, n);
	print_statistics(out, &statistics);
	if (one_term)
		print_not_run(out, results, n);
	statistics_free(&statistics);
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_summary = { .name = "summary", .terms = true, .all = summary_all };
