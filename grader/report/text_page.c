#include "text_page.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "translate.h"

/* Yellow is not to be read on white. */
static const char *const tones[] = {
	[TONE_PLAIN] = "",         [TONE_GOOD] = "\033[32m", [TONE_BAD] = "\033[31m",
	[TONE_DOUBT] = "\033[35m", [TONE_DIM] = "\033[2m",   [TONE_STRONG] = "\033[1m",
};

void page_paint(const struct page *page, enum tone tone, const char *text)
{
	if (page->style->color && tone != TONE_PLAIN)
		fprintf(page->out, "%s%s\033[0m", tones[tone], text);
	else
		fputs(text, page->out);
}

unsigned page_prose_columns(const struct page *page)
{
	enum { PROSE_MOST = 100 };
	unsigned columns = report_columns(page->style);
	return columns > PROSE_MOST ? PROSE_MOST : columns;
}

/* Prints text that is already safe, each of its lines indented and broken at spaces. */
void page_wrapped(const struct page *page, enum tone tone, unsigned indent, const char *safe)
{
	bool painted = page->style->color && tone != TONE_PLAIN;
	if (painted)
		fputs(tones[tone], page->out);
	struct report_style style = *page->style;
	style.columns = page_prose_columns(page);
	report_wrap(page->out, &style, indent, indent, safe);
	if (painted)
		fputs("\033[0m", page->out);
}

void page_escaped(const struct page *page, enum tone tone, unsigned indent, const char *bytes)
{
	char *safe = escape_terminal(bytes, true);
	size_t length = strlen(safe);
	while (length > 0 && safe[length - 1] == '\n')
		safe[--length] = '\0';
	page_wrapped(page, tone, indent, safe);
	free(safe);
}

/* "--exercise ./total " where the exercise is none of ours. The caller owns it. */
char *page_exercise_option(const struct result *result)
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
void page_command(const struct page *page, const char *label, char *const *parts)
{
	enum { INDENT = 6, GOES_ON = 2 };
	struct text line = { 0 };
	size_t column = 0;
	for (size_t i = 0; parts[i] != NULL; i++) {
		size_t width = escape_columns(parts[i]), after = parts[i + 1] != NULL ? GOES_ON : 0;
		if (i == 0) {
			text_printf(&line, "%*s%s %s", INDENT, "", label, parts[i]);
			column = INDENT + escape_columns(label) + 1 + width;
		} else if (column + 1 + width + after > report_columns(page->style)) {
			text_printf(&line, " \\\n%*s%s", INDENT + 4, "", parts[i]);
			column = INDENT + 4 + width;
		} else {
			text_printf(&line, " %s", parts[i]);
			column += 1 + width;
		}
	}
	text_add(&line, "\n");
	page_paint(page, TONE_DIM, line.data);
	text_free(&line);
}
