/* What a verification found, for people and for programs. */
#ifndef MATRIX_H
#define MATRIX_H

#include <stdio.h>

#include "verify.h"

/* The matrix of plugins and checks; then survivors (mutants that pass), false alarms (solutions that fail a check which
 * they should not), whatever else is not as expected; checks that no mutant fails; and mutants that one check alone
 * catches. */
void matrix_text(const struct verification *verification, FILE *out);

/* The same as JSON: one object. */
void matrix_json(const struct verification *verification, FILE *out);

#endif
