#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "causes.h"
#include "interleaving.h"
#include "report.h"
#include "text.h"
#include "translate.h"

/* The report that a student reads on a terminal. */

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_DOUBT, TONE_DIM, TONE_STRONG };

static const char *const tones[] = {
	[TONE_PLAIN] = "",         [TONE_GOOD] = "\033[32m", [TONE_BAD] = "\033[31m",
	[TONE_DOUBT] = "\033[33m", [TONE_DIM] = "\033[2m",   [TONE_STRONG] = "\033[1m",
};

struct page {
	FILE *out;
	const struct report_style *style;
};

static void paint(const struct page *page, enum tone tone, const char *text)
{
	if (page->style->color && tone != TONE_PLAIN)
		fprintf(page->out, "%s%s\033[0m", tones[tone], text);
	else
		fputs(text, page->out);
}

/* Prints text that is already safe, each of its lines indented and broken at spaces. */
static void print_wrapped(const struct page *page, enum tone tone, unsigned indent, const char *safe)
{
	bool painted = page->style->color && tone != TONE_PLAIN;
	if (painted)
		fputs(tones[tone], page->out);
	report_wrap(page->out, page->style, indent, indent, safe);
	if (painted)
		fputs("\033[0m", page->out);
}

static void print_escaped(const struct page *page, enum tone tone, unsigned indent, const char *bytes)
{
	char *safe = escape_terminal(bytes, true);
	size_t length = strlen(safe);
	while (length > 0 && safe[length - 1] == '\n')
		safe[--length] = '\0';
	print_wrapped(page, tone, indent, safe);
	free(safe);
}

static const char *mark(const struct page *page, enum report_look look)
{
	static const char *const utf8[LOOK_COUNT] = { "✓", "✗", "?", "!", "–", "i" };
	static const char *const ascii[LOOK_COUNT] = { "ok", "FAIL", "?", "ERR", "-", "i" };
	return page->style->utf8 ? utf8[look] : ascii[look];
}

static const char *status_words(enum check_status status)
{
	static const char *const words[] = { N_("pass"), N_("fail"), N_("inconclusive"), N_("error"),
					     N_("does not count") };
	return words[status];
}

static enum tone look_tone(enum report_look look)
{
	static const enum tone of[LOOK_COUNT] = { TONE_GOOD, TONE_BAD, TONE_DOUBT, TONE_DOUBT, TONE_DOUBT, TONE_DIM };
	return of[look];
}

static void print_engine(const struct page *page, const struct engine_result *engine)
{
	struct text line = { 0 };
	text_printf(&line, ngettext("%s: %s, %llu execution", "%s: %s, %llu executions", engine->executions),
		    engine_name(engine->engine), _(status_words(engine->status)),
		    (unsigned long long)engine->executions);
	char *coverage = coverage_text(&engine->coverage);
	if (coverage != NULL && engine->status != STATUS_FAIL)
		text_printf(&line, _(", explored: %s"), coverage);
	free(coverage);
	if (engine->max_bypass >= 0)
		text_printf(&line, _(", at most %lld bypasses"), (long long)engine->max_bypass);
	text_printf(&line, _(", %llu ms"), (unsigned long long)engine->duration_ms);
	print_wrapped(page, TONE_DIM, 6, line.data);
	if (engine->status == STATUS_INCONCLUSIVE && engine->message != NULL)
		print_escaped(page, TONE_DIM, 8, engine->message);
	text_free(&line);
}

/* "--exercise ./total " where the exercise is none of ours. The caller owns it. */
static char *exercise_option(const struct result *result)
{
	if (result->exercise_folder == NULL)
		return xstrdup("");
	char *folder = escape_terminal(result->exercise_folder, false);
	const char *quote = strpbrk(folder, " '\"$&;()*") != NULL ? "'" : "";
	char *option = xasprintf("--exercise %s%s%s ", quote, folder, quote);
	free(folder);
	return option;
}

/* A command in as many lines as the page's width asks for, so that all of it can be copied. `parts` end with NULL. */
static void print_command(const struct page *page, const char *label, char *const *parts)
{
	enum { INDENT = 6 };
	struct text line = { 0 };
	size_t column = 0;
	for (size_t i = 0; parts[i] != NULL; i++) {
		size_t width = escape_columns(parts[i]);
		if (i == 0) {
			text_printf(&line, "%*s%s %s", INDENT, "", label, parts[i]);
			column = INDENT + escape_columns(label) + 1 + width;
		} else if (column + 3 + width + 2 > report_columns(page->style)) {
			text_printf(&line, " \\\n%*s%s", INDENT + 4, "", parts[i]);
			column = INDENT + 4 + width;
		} else {
			text_printf(&line, " %s", parts[i]);
			column += 1 + width;
		}
	}
	text_add(&line, "\n");
	paint(page, TONE_DIM, line.data);
	text_free(&line);
}

static void print_counterexample(const struct page *page, const struct result *result, const struct check_result *check)
{
	const struct counterexample *counterexample = check->counterexample;
	if (counterexample == NULL)
		return;
	char *submission = escape_terminal(result->submission, false), *id = escape_terminal(check->id, false);
	char *exercise = exercise_option(result);
	char *parts[] = { xasprintf("syncgrade replay %s%s", exercise, submission), xasprintf("--check %s", id),
			  xasprintf("--schedule %s", counterexample->schedule), NULL };
	interleaving_print(page->out, page->style, counterexample);
	print_command(page, _("again:"), parts);
	if (check->hint != NULL || check->resembles != NULL || page->style->verbose)
		fputc('\n', page->out);
	for (size_t i = 0; parts[i] != NULL; i++)
		free(parts[i]);
	free(exercise);
	free(submission);
	free(id);
}

/* A pass by less than all there is says so; the rest is for who asks. */
static void print_coverage(const struct page *page, const struct check_result *check)
{
	const struct coverage *coverage = check_coverage(check);
	bool less = coverage != NULL && coverage->kind < COVERAGE_ALL && check->max_score > 0;
	char *explored = less && check->status != STATUS_FAIL && check->status != STATUS_INCONCLUSIVE
			     ? report_explored(check)
			     : NULL;
	char *requires = page->style->verbose ? report_requires(check) : NULL;
	if (explored != NULL)
		print_escaped(page, TONE_DIM, 6, explored);
	if (requires != NULL)
		print_escaped(page, TONE_DIM, 6, requires);
	free(explored);
	free(requires);
}

/* A failed check whose story another tells. */
static void print_told(const struct page *page, const struct result *result, const struct check_result *check,
		       const struct check_result *teller)
{
	char *id = escape_terminal(teller->id, false);
	const char *how = check->counterexample == NULL ? _("As in %s.")
			  : causes_has_lines(result, check->counterexample)
			      ? _("It goes through the same lines as %s.")
			      : _("As in %s, no line of the submission takes part.");
	char *told = xasprintf(how, id);
	print_escaped(page, TONE_DIM, 6, told);
	free(told);
	free(id);
}

static bool is_remark(const struct check_result *check)
{
	return check->max_score == 0;
}

static void print_resembles(const struct page *page, const struct check_result *check)
{
	if (check->resembles == NULL)
		return;
	char *resembles = xasprintf(_("It goes wrong in the same way as this known mistake: %s."), check->resembles);
	print_escaped(page, TONE_PLAIN, 6, resembles);
	free(resembles);
}

/* `teller`: whose story stands for this check's; itself, or NULL where all is told. */
static void print_check(const struct page *page, const struct result *result, const struct check_result *check,
			const struct check_result *teller)
{
	enum { ID_COLUMNS = 34, OTHER_COLUMNS = 14 };
	struct text head = { 0 };
	char *id = escape_terminal(check->id, false);
	unsigned columns = report_columns(page->style) - OTHER_COLUMNS;
	fputs("  ", page->out);
	paint(page, look_tone(report_look(check)), mark(page, report_look(check)));
	columns = columns < ID_COLUMNS ? columns : ID_COLUMNS;
	if (check->max_score > 0)
		text_printf(&head, " %-*s %3u/%u", (int)columns, id, check->score, check->max_score);
	else
		text_printf(&head, " %-*s %s", (int)columns, id, _("remark"));
	if (check->status == STATUS_INCONCLUSIVE)
		text_add(&head, _("  could not be judged"));
	if (check->status == STATUS_UNCOUNTED)
		text_add(&head, _("  does not count"));
	if (check->status == STATUS_ERROR)
		text_add(&head, _("  the grader's or the machine's fault, not yours"));
	fprintf(page->out, "%s\n", head.data);
	text_free(&head);
	free(id);
	if (check->message != NULL && check->message[0] != '\0')
		print_escaped(page, TONE_PLAIN, 6, check->message);
	bool told = teller != NULL && teller != check;
	if (told)
		print_told(page, result, check, teller);
	else
		print_counterexample(page, result, check);
	print_resembles(page, check);
	if (told)
		return;
	if (check->hint != NULL) {
		char *hint = xasprintf(_("Hint: %s"), check->hint);
		print_escaped(page, TONE_PLAIN, 6, hint);
		free(hint);
	}
	if (check->section != NULL) {
		char *section = xasprintf(_("In the handout: “%s”"), check->section);
		print_escaped(page, TONE_DIM, 6, section);
		free(section);
	}
	print_coverage(page, check);
	for (size_t i = 0; page->style->verbose && i < check->n_engines; i++)
		print_engine(page, &check->engines[i]);
}

/* What costs no points, in a line. */
static void print_remarks(const struct page *page, const struct result *result)
{
	struct text line = { 0 };
	unsigned n = 0;
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		if (!is_remark(check) || check->status == STATUS_PASS)
			continue;
		char *id = escape_terminal(check->id, false);
		text_printf(&line, "%s%s", n++ > 0 ? ", " : "", id);
		free(id);
	}
	if (n > 0) {
		char *said = xasprintf(ngettext("%u remark, which costs no points: %s (--verbose tells it)",
						"%u remarks, which cost no points: %s (--verbose tells them)", n),
				       n, line.data);
		fputc('\n', page->out);
		report_wrap(page->out, page->style, 2, 4, said);
		free(said);
	}
	text_free(&line);
}

static void print_checks(const struct page *page, const struct result *result)
{
	size_t *told_by = causes_of(result);
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		if (page->style->verbose)
			print_check(page, result, check, NULL);
		else if (!is_remark(check))
			print_check(page, result, check, &result->checks[told_by[i]]);
	}
	if (!page->style->verbose)
		print_remarks(page, result);
	free(told_by);
}

/* How to see it as a picture. */
static void print_picture(const struct page *page, const struct result *result)
{
	bool any = false;
	for (size_t i = 0; i < result->n_checks; i++)
		any |= result->checks[i].counterexample != NULL && !is_remark(&result->checks[i]);
	if (!any || page->style->verbose || result->student.key != NULL)
		return;
	char *submission = escape_terminal(result->submission, false), *exercise = exercise_option(result);
	const char *slash = strrchr(submission, '/'),
		   *base = slash != NULL && slash[1] != '\0' ? slash + 1 : submission;
	size_t length = strcspn(base, "./");
	char *parts[] = { xasprintf("syncgrade grade %s%s", exercise, submission), xstrdup("--format html"),
			  xasprintf("--output %.*s.html", (int)length, length > 0 ? base : "result"), NULL };
	if (length == 0)
		text_replace(&parts[2], xstrdup("--output result.html"));
	fputc('\n', page->out);
	print_command(page, _("picture:"), parts);
	for (size_t i = 0; parts[i] != NULL; i++)
		free(parts[i]);
	free(exercise);
	free(submission);
}

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

/* Findings that a check's message has told already. */
static bool is_told(const struct result *result, const struct finding *finding)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		bool same_workload = finding->workload != NULL && strcmp(finding->workload, check->workload) == 0;
		if (check->status == STATUS_FAIL && same_workload && is_end(finding->kind))
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
		print_escaped(page, TONE_PLAIN, 4, line);
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

static void print_verdict(const struct page *page, const struct result *result)
{
	static const char *const words[] = { N_("PASS"), N_("FAIL"), N_("ERROR") };
	static const enum tone tone_of[] = { TONE_GOOD, TONE_BAD, TONE_DOUBT };
	fputs("\n  ", page->out);
	paint(page, tone_of[result->verdict], _(words[result->verdict]));
	if (result->verdict == VERDICT_ERROR)
		fputs(_("  not graded: this costs no points"), page->out);
	else if (result->max_score > 0)
		fprintf(page->out,
			result->n_hidden > 0 ? _("  %u of %u points that are shown") : _("  %u of %u points"),
			result->score, result->max_score);
	char *seconds = xasprintf(_("(%.1f s)"), (double)result->duration_ms / 1000.0);
	fprintf(page->out, "  %s\n", seconds);
	free(seconds);
}

static int text_result(FILE *out, const struct report_style *style, const struct result *result)
{
	struct page page = { .out = out, .style = style };
	char *name = escape_terminal(result->submission, false);
	paint(&page, TONE_STRONG, name);
	free(name);
	if (result->exercise != NULL)
		fprintf(out, _("  exercise %s"), result->exercise);
	fputs("\n\n", out);
	if (result->message != NULL)
		print_escaped(&page, TONE_PLAIN, 2, result->message);
	print_checks(&page, result);
	print_hidden(&page, result);
	print_findings(&page, result);
	print_output(&page, result);
	print_picture(&page, result);
	print_verdict(&page, result);
	fputc('\n', out);
	return ferror(out) ? -EIO : 0;
}

static int text_none(FILE *out, const struct report_style *style)
{
	(void)style;
	return fprintf(out, "%s\n", _("There was no submission to grade.")) < 0 ? -EIO : 0;
}

const struct report_format report_text = {
	.name = "text", .for_students = true, .one = text_result, .none = text_none
};
