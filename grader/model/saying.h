/* Texts that know of which sentences they are made, so that they can be put into words in any language, and later. They
 * are strings in the form of said.h; where an engine says the number of a sentence, we say its English template, which
 * is what a catalogue is looked up by. A string without sentences is words that stay as they are. */
#ifndef SAYING_H
#define SAYING_H

#include <stdbool.h>
#include <stddef.h>

#include "said.h"
#include "text.h"

/* In words, in the reader's language. Never NULL; the caller owns it. */
char *said_text(const char *said);

/* A sentence: a template, marked by N_(), and what it is filled in with; what a %s is given may be a text itself. The
 * caller owns it. */
char *say(const char *template, ...) __attribute__((format(printf, 1, 2)));
/* One that is filled in with nothing, and may be no literal. */
char *say_only(const char *template);
/* The same, of `n` (which is no argument by itself), by ngettext(). */
char *say_n(const char *one, const char *many, unsigned long n, ...) __attribute__((format(printf, 2, 4)));
/* say(), added to a text. */
void text_say(struct text *text, const char *template, ...) __attribute__((format(printf, 2, 3)));
/* Words of a workload: if they are one of our sentences, the catalogue has them. The caller owns it. */
char *say_workload(const char *words);
/* The text with a capital letter and a full stop, in words. The caller owns it. */
char *say_sentence(const char *said);

/* ---- read ---- */

struct saying_part;

/* Words and sentences, one after the other. */
struct saying {
	size_t n;
	struct saying_part *part;
};

struct saying_part {
	enum said id;        /* SAID_COUNT: words, or a template */
	bool sentence;       /* else words */
	char *words;         /* or the English template; NULL: that of `id` */
	char *many;          /* the template of many; NULL: there is but one */
	unsigned long count; /* which decides between the two */
	size_t n;
	struct saying *argument;
};

/* Whatever bytes they are. saying_free() afterwards. */
void saying_read(struct saying *saying, const char *said);
/* As a string again. The caller owns it. */
char *saying_written(const struct saying *saying);
void saying_free(struct saying *saying);
/* "" is added to nothing. They take over what they are given. */
struct saying_part *saying_add(struct saying *saying);
struct saying *saying_add_argument(struct saying_part *part);

/* The English template; NULL: it is words. */
const char *saying_template(const struct saying_part *part);
/* What it says, beneath what is said about all of it ("…, seen once"); SAID_COUNT: no sentence of an engine. */
enum said said_what(const char *said);
/* Calls `visit` for each sentence, the outer ones first. */
void saying_visit(struct saying *saying, void (*visit)(struct saying_part *part, void *context), void *context);

#endif
