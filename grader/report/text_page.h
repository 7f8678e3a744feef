/* The page that a student reads on a terminal: paint, wrapping, commands to be copied. */
#ifndef TEXT_PAGE_H
#define TEXT_PAGE_H

#include "report.h"

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_DOUBT, TONE_DIM, TONE_STRONG };

struct page {
	FILE *out;
	const struct report_style *style;
};

void page_paint(const struct page *page, enum tone tone, const char *text);
/* Of the page's columns, those that sentences use: longer lines are hard to read. */
unsigned page_prose_columns(const struct page *page);
/* Prints text that is already safe, each of its lines indented and broken at spaces. */
void page_wrapped(const struct page *page, enum tone tone, unsigned indent, const char *safe);
/* The same of text that is not. */
void page_escaped(const struct page *page, enum tone tone, unsigned indent, const char *bytes);
/* Text that is not safe as a word of a command for a shell: in quotes where it needs them. The caller owns it. */
char *page_shell_word(const char *bytes);
/* "--exercise ./total " where the exercise is none of ours. The caller owns it. */
char *page_exercise_option(const struct result *result);
/* A command in as many lines as the page's width asks for, so that all of it can be copied. `parts` end with NULL. */
void page_command(const struct page *page, unsigned indent, const char *label, char *const *parts);

/* The checks of a result, with what a reader has to know of each (text_checks.c). */
void page_checks(const struct page *page, const struct result *result);

#endif
