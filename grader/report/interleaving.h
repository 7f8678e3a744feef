/* A counterexample in words. */
#ifndef INTERLEAVING_H
#define INTERLEAVING_H

#include "report.h"

/* What a step does, for its thread's column: "lock->flag[0] ← 1". Safe for a terminal; the caller owns it. NULL:
 * nothing that a reader needs. */
char *interleaving_step(const struct step *step, const struct report_style *style);

/* Prints the counterexample, a column per thread, each line indented. */
void interleaving_print(FILE *out, const struct report_style *style, const struct counterexample *counterexample);

/* The same without colours, for formats that take text as it is. The caller owns it; NULL: there is none, or no
 * memory. */
char *interleaving_text(const struct report_style *style, const struct counterexample *counterexample);

#endif
