#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "report.h"
#include "submitted.h"
#include "text.h"
#include "translate.h"

/* GitHub's workflow commands: an annotation for each failed check, on the line of the counterexample or finding where
 * there is one. What the student printed is fenced with stop-commands, so that it cannot command the runner. */

enum { MESSAGE_BYTES_MAX = 4000 };

/* Data escapes % first, then line ends; properties also : and , (docs.github.com, "Workflow commands for GitHub
 * Actions"). */
static void put_escaped(FILE *out, const char *text, bool property)
{
	char *safe = escape_utf8(text);
	size_t length = 0;
	for (const char *at = safe; *at != '\0' && length < MESSAGE_BYTES_MAX; at++, length++) {
		if (*at == '%')
			fputs("%25", out);
		else if (*at == '\r')
			fputs("%0D", out);
		else if (*at == '\n')
			fputs("%0A", out);
		else if (property && *at == ':')
			fputs("%3A", out);
		else if (property && *at == ',')
			fputs("%2C", out);
		else if ((unsigned char)*at >= 0x20)
			fputc(*at, out);
	}
	free(safe);
}

static void put_command(FILE *out, const char *level, const char *file, unsigned line, const char *title,
			const char *message)
{
	fprintf(out, "::%s file=", level);
	put_escaped(out, file, true);
	if (line != 0)
		fprintf(out, ",line=%u", line);
	fputs(",title=", out);
	put_escaped(out, title, true);
	fputs("::", out);
	put_escaped(out, message, false);
	fputc('\n', out);
}

static void put_check(FILE *out, const struct result *result, const char *file, const struct check_result *check)
{
	static const char *const levels[LOOK_COUNT] = { NULL, "error", "warning", "warning", "warning", "notice" };
	const char *level = levels[report_look(check)];
	if (level == NULL)
		return;
	if (check->max_score == 0)
		level = "notice";
	char *explored = check->status != STATUS_FAIL ? report_explored(check) : NULL;
	char *points = check->max_score > 0 ? xasprintf(_("%u of %u points"), check->score, check->max_score)
					    : xstrdup(_("a remark"));
	char *title = xasprintf("%s (%s)", check->id, points);
	char *text = xasprintf("%s%s%s", check->message, explored != NULL ? " " : "", explored != NULL ? explored : "");
	put_command(out, level, file, submitted_line(result, check), title, text);
	free(text);
	free(title);
	free(points);
	free(explored);
}

static void put_output(FILE *out, const struct result *result)
{
	uint64_t token[2];
	if (result->output == NULL || getrandom(token, sizeof(token), 0) != (ssize_t)sizeof(token))
		return;
	char *safe = escape_terminal(result->output, true);
	fprintf(out, "::stop-commands::%016llx%016llx\n%s\n%s\n::%016llx%016llx::\n", (unsigned long long)token[0],
		(unsigned long long)token[1], _("It printed:"), safe, (unsigned long long)token[0],
		(unsigned long long)token[1]);
	free(safe);
}

static int github_one(FILE *out, const struct report_style *style, const struct result *result)
{
	(void)style;
	char *file = submitted_path(result);
	if (result->message != NULL)
		put_command(out, "error", file, 0, _("not graded"), result->message);
	for (size_t i = 0; i < result->n_checks; i++)
		put_check(out, result, file, &result->checks[i]);
	put_output(out, result);
	char *note = report_hidden_note(result);
	char *text =
	    xasprintf(_("%s: %s, %u of %u points%s%s"), result->submission, _(report_verdict_words(result->verdict)),
		      result->score, result->max_score, note != NULL ? "; " : "", note != NULL ? note : "");
	free(note);
	put_command(out, "notice", file, 0, "syncgrade", text);
	free(text);
	free(file);
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_github = { .name = "github", .for_students = true, .one = github_one };
