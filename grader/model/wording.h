/* Texts that a person wrote in several languages: an exercise's hints, headings and names of mistakes. A text is known
 * by what it says in any of them. */
#ifndef WORDING_H
#define WORDING_H

#include <stddef.h>

struct wording {
	size_t n;
	struct {
		char *language, *text;
	} * in;
};

struct wordings {
	size_t n;
	struct wording *list;
};

/* Another wording, which says nothing yet; valid until the next one. */
struct wording *wordings_add(struct wordings *wordings);
/* The language is said once: a second time is ignored. */
void wording_add(struct wording *wording, const char *language, const char *text);
/* Copies the wording, unless it is there. */
void wordings_take(struct wordings *wordings, const struct wording *wording);
/* NULL: unknown. */
const struct wording *wordings_find(const struct wordings *wordings, const char *text);
/* What it says in that language, else in English, else in the first. */
const char *wording_text(const struct wording *wording, const char *language);
void wordings_free(struct wordings *wordings);

#endif
