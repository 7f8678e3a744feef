#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

enum { WRAP_COLUMNS = 100 };

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
	size_t column = 0;
	for (const char *at = safe; *at != '\0';) {
		if (*at == '\n') {
			fputc('\n', page->out);
			column = 0;
			at++;
			continue;
		}
		size_t spaces = strspn(at, " "), word = strcspn(at + spaces, " \n");
		char *piece = xstrndup(at, spaces + word);
		size_t width = escape_columns(piece);
		bool break_here = column > indent && column + width > WRAP_COLUMNS;
		if (break_here)
			fputc('\n', page->out);
		if (break_here || column == 0) {
			fprintf(page->out, "%*s", (int)indent, "");
			column = indent;
		}
		paint(page, tone, break_here ? piece + spaces : piece);
		column += break_here ? width - spaces : width;
		free(piece);
		at += spaces + word;
	}
	fputc('\n', page->out);
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

static const char *mark(const struct page *page, enum check_status status)
{
	static const char *const utf8[] = { "✓", "✗", "?", "!" };
	static const char *const ascii[] = { "ok", "FAIL", "?", "ERR" };
	return page->style->utf8 ? utf8[status] : ascii[status];
}

static const char *status_words(enum check_status status)
{
	static const char *const words[] = { N_("pass"), N_("fail"), N_("inconclusive"), N_("error") };
	return words[status];
}

static enum tone status_tone(enum check_status status)
{
	static const enum tone of[] = { TONE_GOOD, TONE_BAD, TONE_DOUBT, TONE_DOUBT };
	return of[status];
}

static void print_engine(const struct page *page, const struct engine_result *engine)
{
	struct text line = { 0 };
	text_printf(&line, ngettext("%s: %s, %llu execution", "%s: %s, %llu executions", engine->executions),
		    engine_name(engine->engine), _(status_words(engine->status)),
		    (unsigned long long)engine->executions);
	if (engine->engine == ENGINE_EXPLORE && engine->status == STATUS_PASS)
		text_add(&line, engine->complete ? _(", all there are within the bounds") : _(", not all there are"));
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

static void print_counterexample(const struct page *page, const struct result *result, const struct check_result *check)
{
	const struct counterexample *counterexample = check->counterexample;
	if (counterexample == NULL)
		return;
	char *submission = escape_terminal(result->submission, false), *id = escape_terminal(check->id, false);
	interleaving_print(page->out, page->style, counterexample);
	char *exercise = exercise_option(result);
	char *again = xasprintf("      %s syncgrade replay %s%s --check %s --schedule %s\n\n", _("again:"), exercise,
				submission, id, counterexample->schedule);
	paint(page, TONE_DIM, again);
	free(again);
	free(exercise);
	free(submission);
	free(id);
}

static void print_check(const struct page *page, const struct result *result, const struct check_result *check)
{
	struct text head = { 0 };
	char *id = escape_terminal(check->id, false);
	fputs("  ", page->out);
	paint(page, status_tone(check->status), mark(page, check->status));
	if (check->max_score > 0)
		text_printf(&head, " %-34s %3u/%u", id, check->score, check->max_score);
	else
		text_printf(&head, " %-34s %s", id, _("remark"));
	if (check->status == STATUS_INCONCLUSIVE)
		text_add(&head, _("  could not be judged"));
	if (check->status == STATUS_ERROR)
		text_add(&head, _("  the grader's or the machine's fault, not yours"));
	fprintf(page->out, "%s\n", head.data);
	text_free(&head);
	free(id);
	if (check->message != NULL && check->message[0] != '\0')
		print_escaped(page, TONE_PLAIN, 6, check->message);
	print_counterexample(page, result, check);
	if (check->resembles != NULL) {
		char *resembles =
		    xasprintf(_("It goes wrong in the same way as this known mistake: %s."), check->resembles);
		print_escaped(page, TONE_PLAIN, 6, resembles);
		free(resembles);
	}
	if (check->hint != NULL) {
		char *hint = xasprintf(_("Hint: %s"), check->hint);
		print_escaped(page, TONE_DIM, 6, hint);
		free(hint);
	}
	if (check->section != NULL) {
		char *section = xasprintf(_("In the handout: “%s”"), check->section);
		print_escaped(page, TONE_DIM, 6, section);
		free(section);
	}
	for (size_t i = 0; page->style->verbose && i < check->n_engines; i++)
		print_engine(page, &check->engines[i]);
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
	for (size_t i = 0; i < result->n_checks; i++)
		print_check(&page, result, &result->checks[i]);
	print_hidden(&page, result);
	print_findings(&page, result);
	print_output(&page, result);
	print_verdict(&page, result);
	fputc('\n', out);
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_text = { .name = "text", .for_students = true, .one = text_result };
