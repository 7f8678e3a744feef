/* Whether the header that an exercise brings along says what its `kind:` block says. */
#ifndef GRADE_HEADER_H
#define GRADE_HEADER_H

#include "site.h"

/* Compiles a source that asserts it, once in the sandbox. Returns 0, or a negative errno value and a fault: the
 * exercise's (each line begins with the manifest's file and line), or the machine's. */
int header_check(const struct site *site, const struct exercise *exercise, struct fault *fault);

/* The assertions as a source in C, which compiles where header and block agree; each sentence begins with the line of
 * the manifest. The caller owns it. */
char *header_assertions(const struct plugin_kind *kind);

#endif
