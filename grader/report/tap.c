#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "interleaving.h"
#include "report.h"
#include "text.h"
#include "translate.h"

/* The Test Anything Protocol, version 14 (testanything.org): one plan, a YAML block behind each. */

/* A description: one line, with \ and # escaped. */
static void put_description(FILE *out, const char *text)
{
	char *safe = escape_terminal(text, false);
	for (const char *at = safe; *at != '\0'; at++) {
		if (*at == '#' || *at == '\\')
			fputc('\\', out);
		fputc(*at, out);
	}
	free(safe);
}

/* A YAML scalar in double quotes. */
static void put_yaml(FILE *out, const char *key, const char *text)
{
	char *safe = escape_terminal(text, true);
	fprintf(out, "  %s: \"", key);
	for (const char *at = safe; *at != '\0'; at++) {
		if (*at == '"' || *at == '\\')
			fprintf(out, "\\%c", *at);
		else if (*at == '\n')
			fputs("\\n", out);
		else
			fputc(*at, out);
	}
	fputs("\"\n", out);
	free(safe);
}

/* A block of YAML: its lines as they are. */
static void put_interleaving(FILE *out, const struct report_style *style, const struct counterexample *counterexample)
{
	char *text = interleaving_text(style, counterexample);
	if (text == NULL)
		return;
	fputs("  interleaving: |2\n", out);
	for (const char *at = text; *at != '\0';) {
		size_t length = strcspn(at, "\n");
		fprintf(out, "%s%.*s\n", length > 0 ? "    " : "", (int)length, at);
		at += length + (at[length] == '\n');
	}
	free(text);
}

static void put_details(FILE *out, const struct report_style *style, const struct check_result *check)
{
	char *explored = coverage_text(check_coverage(check));
	fprintf(out, "  score: %u\n  max_score: %u\n", check->score, check->max_score);
	if (explored != NULL)
		put_yaml(out, "explored", explored);
	for (size_t i = 0; i < check->n_requires; i++)
		fprintf(out, "%s    - %s\n", i == 0 ? "  requires:\n" : "", check->requires[i]);
	free(explored);
	put_interleaving(out, style, check->counterexample);
}

static void put_point(FILE *out, const struct report_style *style, bool ok, size_t number, const char *submission,
		      const char *id, const char *directive, const char *message, const char *severity,
		      const struct check_result *check)
{
	fprintf(out, "%s %zu - ", ok ? "ok" : "not ok", number);
	put_description(out, submission);
	fputs(": ", out);
	put_description(out, id);
	fprintf(out, "%s\n", directive);
	fputs("  ---\n", out);
	if (message != NULL && message[0] != '\0')
		put_yaml(out, "message", message);
	put_yaml(out, "severity", severity);
	if (check != NULL)
		put_details(out, style, check);
	fputs("  ...\n", out);
}

static int tap_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	size_t total = 0, number = 0;
	for (size_t i = 0; i < n; i++)
		total += results[i]->n_checks + (results[i]->message != NULL);
	fprintf(out, "TAP version 14\n1..%zu\n", total);
	for (size_t i = 0; i < n; i++) {
		const struct result *result = results[i];
		char *note = report_hidden_note(result);
		if (note != NULL)
			fprintf(out, "# %s\n", note);
		free(note);
		if (result->message != NULL)
			put_point(out, style, false, ++number, result->submission, "build", "", result->message,
				  verdict_name(result->verdict), NULL);
		for (size_t c = 0; c < result->n_checks; c++) {
			const struct check_result *check = &result->checks[c];
			enum report_look look = report_look(check);
			bool skipped = look == LOOK_UNDECIDED || look == LOOK_UNCOUNTED || look == LOOK_REMARK;
			char *directive = skipped ? xasprintf(" # SKIP %s", _(report_look_words(look))) : xstrdup("");
			put_point(out, style, skipped || look == LOOK_PASS, ++number, result->submission, check->id,
				  directive, check->message, status_name(check->status), check);
			free(directive);
		}
	}
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_tap = { .name = "tap", .for_students = true, .all = tap_all };
