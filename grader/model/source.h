/* What a source in C or C++ says by itself, without a compiler: whether it defines a plugin's descriptor, main(), some
 * function; what it includes. Reads tokens, not macros: comments, strings and what stands behind #if 0 do not count.
 * No I/O. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct source_facts {
	char *defines;  /* "lock": the kind of plugin, known or not, whose descriptor is defined in it; NULL: none */
	char *mentions; /* the kind whose descriptor's name is a word of it; NULL: none */
	bool has_main;  /* it is a program of its own: a test driver */
	size_t n_includes;
	char **includes; /* #include "…" */
};

/* What a file is by the end of its name. */
bool source_is_cxx(const char *name);
bool source_is_source(const char *name); /* C or C++, and no header */

/* source_facts_free() afterwards. */
void source_look(const char *text, struct source_facts *facts);
void source_facts_free(struct source_facts *facts);

/* Whether it defines the function or variable `name` outside of all functions. */
bool source_defines(const char *text, const char *name);

/* The first line in which `word` is a word of it; with `calls`, followed by a parenthesis and no member of anything. 0:
 * none. */
unsigned source_word_line(const char *text, const char *word, bool calls);

#endif
