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

char *page_shell_word(const char *bytes)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,/+:@%=-";
	char *word = escape_terminal(bytes, false);
	size_t safe = strspn(word, plain);
	/* Letters of other scripts mean nothing to a shell. */
	while (word[safe] != '\0' && ((unsigned char)word[safe] & 0x80) != 0)
		safe += 1 + strspn(word + safe + 1, plain);
	if (word[safe] != '\0' || word[0] == '\0') {
		char *quoted = text_replaced(word, "'", "'\\''");
		text_replace(&word, xasprintf("'%s'", quoted));
		free(quoted);
	}
	return word;
}

char *page_exercise_option(const struct result *result)
{
	if (result->exercise_folder == NULL)
		return xstrdup("");
	char *folder = page_shell_word(result->exercise_folder), *option = xasprintf("--exercise %s ", folder);
	free(folder);
	return option;
}

/* A command in as many lines as the page's width asks for, so that all of it can be copied. `parts` end with NULL. */
void page_command(const struct page *page, unsigned indent, const char *label, char *const *parts)
{
	enum { GOES_ON = 2, HANGING = 4 };
	struct text line = { 0 };
	size_t column = 0;
	for (size_t i = 0; parts[i] != NULL; i++) {
		size_t width = escape_columns(parts[i]), after = parts[i + 1] != NULL ? GOES_ON : 0;
		if (i == 0) {
			text_printf(&line, "%*s%s %s", (int)indent, "", label, parts[i]);
			column = indent + escape_columns(label) + 1 + width;
		} else if (column + 1 + width + after > report_columns(page->style)) {
			text_printf(&line, " \\\n%*s%s", (int)indent + HANGING, "", parts[i]);
			column = indent + HANGING + width;
		} else {
			text_printf(&line, " %s", parts[i]);
			column += 1 + width;
		}
	}
	text_add(&line, "\n");
	page_paint(page, TONE_DIM, line.data);
	text_free(&line);
}
