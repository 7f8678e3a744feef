#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "text.h"
#include "text_page.h"
#include "text_plan.h"
#include "translate.h"

/* The report that a student reads on a terminal. */

/* How a run ended early, which the checks of its workload tell in their own messages. */
static bool is_end(const char *kind)
{
	static const char *const kinds[] = { "crash", "hang", "exit", "limit", "load", "init", "protocol" };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kind, kinds[i]) == 0)
			return true;
	}
	return false;
}

static bool is_stuck(enum workload_property property)
{
	return property == PROPERTY_PROGRESS || property == PROPERTY_LOST_WAKEUP;
}

/* Threads wait for each other, or may. */
static bool is_waiting(const char *kind)
{
	return strcmp(kind, "hang") == 0 || strcmp(kind, "lock-order-inversion") == 0;
}

/* Findings that a check's message has told already. */
static bool is_told(const struct result *result, const struct finding *finding)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		bool same_workload = finding->workload != NULL && strcmp(finding->workload, check->workload) == 0;
		if (check->status == STATUS_FAIL && same_workload && is_end(finding->kind))
			return true;
		if (check->status == STATUS_FAIL && is_stuck(check->property) && check->counterexample != NULL &&
		    is_waiting(finding->kind))
			return true;
		if (check->status == STATUS_FAIL && same_workload && check->property == PROPERTY_DATA_RACE &&
		    strcmp(finding->kind, "data-race") == 0)
			return true;
		if (check->message != NULL && strcmp(check->message, finding->message) == 0)
			return true;
	}
	return false;
}

static void print_findings(const struct page *page, const struct result *result)
{
	bool headed = false;
	for (size_t i = 0; i < result->n_findings; i++) {
		const struct finding *finding = &result->findings[i];
		if (is_told(result, finding))
			continue;
		if (!headed)
			fputs(_("\n  Also noticed:\n"), page->out);
		headed = true;
		char *line = finding->workload != NULL ? xasprintf("%s: %s", finding->workload, finding->message)
						       : xstrdup(finding->message);
		page_escaped(page, TONE_PLAIN, 4, line);
		free(line);
	}
}

static void print_hidden(const struct page *page, const struct result *result)
{
	char *note = report_hidden_note(result);
	if (note != NULL)
		fprintf(page->out, "\n  %s.\n", note);
	free(note);
}

static void print_output(const struct page *page, const struct result *result)
{
	if (result->output == NULL)
		return;
	fputs(_("\n  It printed:\n"), page->out);
	char *safe = escape_terminal(result->output, true);
	for (char *line = strtok(safe, "\n"); line != NULL; line = strtok(NULL, "\n"))
		fprintf(page->out, "    | %s\n", line);
	free(safe);
}

/* What stands beside the verdict. The caller owns it. */
static char *points_and_time(const struct result *result)
{
	struct text line = { 0 };
	if (result->verdict == VERDICT_ERROR)
		text_add(&line, _("  not graded: this costs no points"));
	else if (result->max_score > 0)
		text_printf(&line,
			    result->n_hidden > 0 ? _("  %u of %u points that are shown") : _("  %u of %u points"),
			    result->score, result->max_score);
	text_add(&line, "  ");
	text_printf(&line, _("(%.1f s)"), (double)result->duration_ms / 1000.0);
	return text_take(&line);
}

/* Beside it too, if there is room after so many columns, or below. */
static void print_more(const struct page *page, const struct result *result, size_t columns)
{
	enum { INDENT = 2, GAP = 2 };
	char *more = page->style->verbose ? NULL : text_more(result);
	if (more != NULL && INDENT + columns + GAP + escape_columns(more) <= page_prose_columns(page)) {
		fprintf(page->out, "%*s", GAP, "");
		page_paint(page, TONE_DIM, more);
		fputc('\n', page->out);
	} else {
		fputc('\n', page->out);
		if (more != NULL)
			page_wrapped(page, TONE_DIM, INDENT, more);
	}
	free(more);
}

static void print_verdict(const struct page *page, const struct result *result)
{
	static const char *const words[] = { N_("PASS"), N_("FAIL"), N_("ERROR") };
	static const enum tone tone_of[] = { TONE_GOOD, TONE_BAD, TONE_DOUBT };
	if (result->shows_nothing) {
		fputs("\n  ", page->out);
		page_paint(page, TONE_DOUBT, _("NOTHING SHOWN"));
		fputs(_("  one execution in which nothing goes wrong proves nothing\n"), page->out);
		return;
	}
	fputs("\n  ", page->out);
	page_paint(page, tone_of[result->verdict], _(words[result->verdict]));
	char *line = points_and_time(result);
	fputs(line, page->out);
	print_more(page, result, escape_columns(_(words[result->verdict])) + escape_columns(line));
	free(line);
	if (result->adjusted != NULL)
		page_escaped(page, TONE_DOUBT, 2, result->adjusted);
}

static int text_result(FILE *out, const struct report_style *style, const struct result *result)
{
	struct page page = { .out = out, .style = style };
	char *name = escape_terminal(result->submission, false);
	page_paint(&page, TONE_STRONG, name);
	free(name);
	if (result->exercise != NULL)
		fprintf(out, _("  exercise %s"), result->exercise);
	fputc('\n', out);
	if (result->message != NULL)
		page_escaped(&page, TONE_PLAIN, 2, result->message);
	page_checks(&page, result);
	print_hidden(&page, result);
	print_findings(&page, result);
	print_output(&page, result);
	if (!style->verbose)
		text_picture(&page, result);
	print_verdict(&page, result);
	return ferror(out) ? -EIO : 0;
}

static int text_none(FILE *out, const struct report_style *style)
{
	(void)style;
	return fprintf(out, "%s\n", _("There was no submission to grade.")) < 0 ? -EIO : 0;
}

const struct report_format report_text = {
	.name = "text", .for_students = true, .spaced = true, .one = text_result, .none = text_none
};
