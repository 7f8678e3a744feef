#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "interleaving.h"
#include "report.h"
#include "text.h"
#include "translate.h"

/* Markdown for a pull request or a job's summary. GitHub drops a summary above 1 MiB whole: this one stays well below.
 */

enum { BYTES_MAX = 900 * 1024 };

/* Text of a stranger: no markup of its own. */
static void put_text(FILE *out, const char *text)
{
	char *safe = escape_terminal(text != NULL ? text : "", false);
	for (const char *at = safe; *at != '\0'; at++) {
		if (strchr("\\`*_{}[]()#+-.!|~>", *at) != NULL)
			fputc('\\', out);
		if (*at == '<')
			fputs("&lt;", out);
		else if (*at == '&')
			fputs("&amp;", out);
		else if (*at == '@')
			fputs("&#64;", out);
		else
			fputc(*at, out);
	}
	free(safe);
}

/* Lines as they are, in a fence that nothing in them can close. */
static void put_fenced(FILE *out, const char *text)
{
	size_t fence = 3, run = 0;
	for (const char *at = text; *at != '\0'; at++) {
		run = *at == '`' ? run + 1 : 0;
		fence = run >= fence ? run + 1 : fence;
	}
	for (size_t i = 0; i < fence; i++)
		fputc('`', out);
	fprintf(out, "text\n%s%s", text, text[0] != '\0' && text[strlen(text) - 1] == '\n' ? "" : "\n");
	for (size_t i = 0; i < fence; i++)
		fputc('`', out);
	fputc('\n', out);
}

static void put_interleaving(FILE *out, const struct report_style *style, const struct counterexample *counterexample)
{
	char *text = interleaving_text(style, counterexample);
	if (text == NULL)
		return;
	fputs("\n<details><summary>", out);
	fputs(_("The interleaving"), out);
	fputs("</summary>\n\n", out);
	put_fenced(out, text);
	fputs("\n</details>\n\n", out);
	free(text);
}

/* Of several lines (a compiler's), the first is a sentence. */
static void put_message(FILE *out, const char *text)
{
	size_t first = strcspn(text, "\n");
	char *sentence = xstrndup(text, first);
	put_text(out, sentence);
	fputs("\n\n", out);
	free(sentence);
	if (text[first] == '\0')
		return;
	char *safe = escape_terminal(text + first + 1, true);
	put_fenced(out, safe);
	fputc('\n', out);
	free(safe);
}

static void put_result(FILE *out, const struct report_style *style, const struct result *result)
{
	static const char *const marks[LOOK_COUNT] = { "✅", "❌", "❔", "⚠️", "➖", "💬" };
	fputs("### ", out);
	put_text(out, result->submission);
	fprintf(out, _(": %s, %u of %u points"), _(report_verdict_words(result->verdict)), result->score,
		result->max_score);
	fputs("\n\n", out);
	if (result->adjusted != NULL) {
		put_text(out, result->adjusted);
		fputs("\n\n", out);
	}
	if (result->message != NULL)
		put_message(out, result->message);
	if (result->n_checks > 0)
		fprintf(out, "| | %s | %s | |\n| --- | --- | ---: | --- |\n", _("check"), _("points"));
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		bool remark = check_is_remark(check);
		fprintf(out, "| %s | %s | ", marks[report_look(check)], check->id);
		if (remark)
			fprintf(out, "%s | ", _("remark"));
		else
			fprintf(out, "%u/%u | ", check->score, check->max_score);
		put_text(out, check->message);
		char *explored = check->status != STATUS_FAIL ? report_explored(check) : NULL;
		if (explored != NULL && check->message != NULL && check->message[0] != '\0')
			fputc(' ', out);
		put_text(out, explored);
		free(explored);
		fputs(" |\n", out);
	}
	char *note = report_hidden_note(result);
	if (note != NULL)
		fprintf(out, "\n%s.\n", note);
	free(note);
	fputc('\n', out);
	for (size_t i = 0; i < result->n_checks; i++) {
		if (result->checks[i].counterexample != NULL && ftell(out) < BYTES_MAX / 2) {
			fprintf(out, "**%s**\n", result->checks[i].id);
			put_interleaving(out, style, result->checks[i].counterexample);
		}
	}
}

static int markdown_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	if (n == 0)
		fprintf(out, "%s\n", _("There was no submission to grade."));
	for (size_t i = 0; i < n; i++) {
		if (ftell(out) > BYTES_MAX) {
			fprintf(out, _("\nand %zu more, left out for their size.\n"), n - i);
			break;
		}
		put_result(out, style, results[i]);
	}
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_markdown = { .name = "markdown", .for_students = true, .all = markdown_all };
