#include <errno.h>
#include <stdio.h>
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
	/* Not in the middle of a character. */
	for (const char *at = safe; *at != '\0' && (length < MESSAGE_BYTES_MAX || ((unsigned char)*at & 0xc0) == 0x80);
	     at++, length++) {
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

enum level { LEVEL_ERROR, LEVEL_WARNING, LEVEL_NOTICE, LEVEL_COUNT };

static const char *const level_names[LEVEL_COUNT] = { "error", "warning", "notice" };

/* GitHub shows so many of each level and step; of more, the last one tells the rest. */
enum { SHOWN_MAX = 10 };

struct annotation {
	char *file, *title, *message;
	unsigned line, column; /* 0: unknown */
};

struct annotations {
	size_t n[LEVEL_COUNT];
	struct annotation *list[LEVEL_COUNT];
};

/* Takes `file` and `message` over. */
static void annotate(struct annotations *annotations, enum level level, char *file, unsigned line, unsigned column,
		     const char *title, char *message)
{
	size_t n = annotations->n[level]++;
	annotations->list[level] = xrealloc(annotations->list[level], (n + 1) * sizeof(struct annotation));
	annotations->list[level][n] = (struct annotation){
		.file = file, .title = xstrdup(title), .message = message, .line = line, .column = column
	};
}

static void put_command(FILE *out, enum level level, const struct annotation *annotation)
{
	fprintf(out, "::%s file=", level_names[level]);
	put_escaped(out, annotation->file, true);
	if (annotation->line != 0)
		fprintf(out, ",line=%u", annotation->line);
	if (annotation->column != 0)
		fprintf(out, ",col=%u", annotation->column);
	fputs(",title=", out);
	put_escaped(out, annotation->title, true);
	fputs("::", out);
	put_escaped(out, annotation->message, false);
	fputc('\n', out);
}

static void put_rest(FILE *out, enum level level, const struct annotation *list, size_t n)
{
	struct text text = { 0 };
	for (size_t i = 0; i < n; i++)
		text_printf(&text, "%s%s:%u: %s: %.*s", i > 0 ? "\n" : "", list[i].file, list[i].line, list[i].title,
			    (int)strcspn(list[i].message, "\n"), list[i].message);
	char *title = xasprintf(_("and %zu more"), n);
	struct annotation rest = { .file = list[0].file, .title = title, .message = text_take(&text) };
	put_command(out, level, &rest);
	free(rest.message);
	free(title);
}

static void put_all(FILE *out, struct annotations *annotations)
{
	for (enum level level = 0; level < LEVEL_COUNT; level++) {
		struct annotation *list = annotations->list[level];
		size_t n = annotations->n[level], single = n > SHOWN_MAX ? SHOWN_MAX - 1 : n;
		for (size_t i = 0; i < single; i++)
			put_command(out, level, &list[i]);
		if (single < n)
			put_rest(out, level, list + single, n - single);
		for (size_t i = 0; i < n; i++) {
			free(list[i].file);
			free(list[i].title);
			free(list[i].message);
		}
		free(list);
	}
}

static void add_check(struct annotations *annotations, const struct result *result, const char *file,
		      const struct check_result *check)
{
	static const int levels[LOOK_COUNT] = { -1,          LEVEL_ERROR, LEVEL_WARNING, LEVEL_WARNING, LEVEL_WARNING,
						LEVEL_NOTICE };
	int level = levels[report_look(check)];
	if (level < 0)
		return;
	if (check_is_remark(check))
		level = LEVEL_NOTICE;
	char *explored = check->status != STATUS_FAIL ? report_explored(check) : NULL;
	char *points = check->max_score > 0 ? xasprintf(_("%u of %u points"), check->score, check->max_score)
					    : xstrdup(_("a remark"));
	char *title = xasprintf("%s (%s)", check->id, points);
	char *text = xasprintf("%s%s%s", check->message, explored != NULL ? " " : "", explored != NULL ? explored : "");
	if (check->hint != NULL)
		text_replace(&text, xasprintf(_("%s\nHint: %s"), text, check->hint));
	annotate(annotations, (enum level)level, xstrdup(file), submitted_line(result, check), 0, title, text);
	free(title);
	free(points);
	free(explored);
}

/* "lock.c:8:9: error: …", as gcc and clang write it: `line` is one line. False: it is none. */
static bool read_error(const char *line, size_t length, int *name_length, unsigned *row, unsigned *column,
		       const char **what)
{
	int used = 0;
	char *copy = xstrndup(line, length);
	const char *colon = strchr(copy, ':');
	bool is =
	    colon != NULL && colon != copy && sscanf(colon, ":%u:%u: error: %n", row, column, &used) == 2 && used > 0;
	if (!is && colon != NULL && colon != copy)
		is = sscanf(colon, ":%u:%u: fatal error: %n", row, column, &used) == 2 && used > 0;
	if (is) {
		*name_length = (int)(colon - copy);
		*what = line + (colon - copy) + used;
	}
	free(copy);
	return is;
}

/* Each of a compiler's errors, on its line. Returns how many there are. */
static size_t add_errors(struct annotations *annotations, const char *file, const char *message)
{
	size_t n = 0;
	const char *slash = strrchr(file, '/');
	int above = slash != NULL ? (int)(slash + 1 - file) : 0;
	for (const char *line = message; *line != '\0';
	     line += line[strcspn(line, "\n")] != '\0' ? strcspn(line, "\n") + 1 : strcspn(line, "\n")) {
		size_t length = strcspn(line, "\n");
		int name;
		unsigned row, column;
		const char *what;
		if (!read_error(line, length, &name, &row, &column, &what))
			continue;
		/* The compiler names it below the folder that was handed in, whose last part `file` may end with. */
		const char *base = memrchr(line, '/', (size_t)name);
		base = base != NULL ? base + 1 : line;
		char *where = xasprintf("%.*s%.*s", above, file, (int)(line + name - base), base);
		annotate(annotations, LEVEL_ERROR, where, row, column, _("does not compile"),
			 xstrndup(what, (size_t)(line + length - what)));
		n++;
	}
	return n;
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

static void add_result(struct annotations *annotations, const struct result *result)
{
	char *file = submitted_path(result);
	if (result->message != NULL && add_errors(annotations, file, result->message) == 0)
		annotate(annotations, LEVEL_ERROR, xstrdup(file), 0, 0, _("not graded"), xstrdup(result->message));
	for (size_t i = 0; i < result->n_checks; i++)
		add_check(annotations, result, file, &result->checks[i]);
	char *note = report_hidden_note(result);
	annotate(annotations, LEVEL_NOTICE, file, 0, 0, "syncgrade",
		 xasprintf(_("%s: %s, %u of %u points%s%s"), result->submission,
			   _(report_verdict_words(result->verdict)), result->score, result->max_score,
			   note != NULL ? "; " : "", note != NULL ? note : ""));
	free(note);
}

static int github_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	struct annotations annotations = { 0 };
	(void)style;
	for (size_t i = 0; i < n; i++) {
		add_result(&annotations, results[i]);
		put_output(out, results[i]);
	}
	if (n == 0)
		fprintf(out, "::notice title=syncgrade::%s\n", _("There was no submission to grade."));
	put_all(out, &annotations);
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_github = { .name = "github", .for_students = true, .all = github_all };
