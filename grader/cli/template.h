/* Files that are made from templates (share/syncgrade/templates): @NAME@, @KIND@, @WORDS@ and @MACRO@ are filled in, and the
 * lines between "@if A B" and "@end" are there if A or B is the kind or the variant. They nest. */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "fault.h"

struct template_words {
	const char *name;    /* of the exercise or workload */
	const char *kind;    /* "lock" */
	const char *words;   /* "readers-writers lock" */
	const char *macro;   /* "MY_LATCH": of a kind of one's own; else NULL */
	const char *variant; /* "starter", "solution", "mutant" */
};

/* Makes `to`, which must not be there yet, from folder/template. 0, or a negative errno value and the machine's fault
 * (-EEXIST: `to` was left alone). */
int template_make(const char *folder, const char *template, const struct template_words *words, const char *to,
		  struct fault *fault);

#endif
