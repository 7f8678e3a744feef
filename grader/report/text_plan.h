/* What of which check is told on the page that a student reads. One cause is told once, and what has to be mended first
 * comes first; --verbose tells all of everything. */
#ifndef TEXT_PLAN_H
#define TEXT_PLAN_H

#include "text_page.h"

enum telling {
	TELL_WHOLE,    /* with its story, if it has one */
	TELL_SENTENCE, /* without: the sentence has all of it, or another story comes first */
	TELL_AS,       /* another check stands for it: where that one is */
	TELL_LATER,    /* in a list, of what comes after `first` */
	TELL_FURTHER,  /* in a list, for there are many causes */
	TELL_NOTHING   /* its line; where something else fails, it is one of a list */
};

struct plan {
	enum telling telling;
	size_t by;                        /* whose story stands for it; itself */
	const struct check_result *first; /* which has to be mended first; NULL: none */
	bool without_hint, without_section;
};

/* One for each check. The caller frees it. */
struct plan *text_plan(const struct page *page, const struct result *result);

/* Something fails that has points. */
bool text_any_fails(const struct result *result);

/* What is no more than one of a list, after the causes (text_lists.c): what comes later, what could not be judged, what
 * holds. */
void text_lists(const struct page *page, const struct result *result, const struct plan *plans);
/* The checks that a cause stands for. */
void text_list_because(const struct page *page, const struct result *result, const struct plan *plans, size_t cause);
/* How to see it as a picture, if there is something to see. */
void text_picture(const struct page *page, const struct result *result);
/* What --verbose has more of: what costs no points, what counts though it was looked at in part only. NULL: nothing. The
 * caller owns it. */
char *text_more(const struct result *result);

/* A check that holds by less than all there is. */
bool text_partly_explored(const struct check_result *check);
const char *text_mark(const struct page *page, enum report_look look);
void text_paint_mark(const struct page *page, enum report_look look);

#endif
