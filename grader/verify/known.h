/* The file of known mistakes, made from the mutants that have a name. */
#ifndef KNOWN_H
#define KNOWN_H

#include "verify.h"

/* Writes <exercise folder>/mistakes.yaml (manifest/mistakes.h), all or nothing. Returns how many shapes are in it, or a
 * negative errno value and *fault. */
int known_write(const struct verification *verification, struct fault *fault);

#endif
