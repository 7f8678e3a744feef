/* Known mistakes of an exercise, <folder>/mistakes.yaml, written by `syncgrade verify --write-mistakes`: the shapes
 * (judge/shape.h) of the counterexamples of those mutants whose expectation has a `name`.
 *
 *     - { name: "Dekker's second attempt", check: counter/mutual-exclusion, shape: 0123456789abcdef }
 */
#ifndef MISTAKES_H
#define MISTAKES_H

#include <stddef.h>

#include "exercise.h"
#include "fault.h"

#define MISTAKES_FILE "mistakes.yaml"

/* Reads the file, if there is one. Returns 0, or a negative errno value and *fault. */
int mistakes_read(const char *folder, struct exercise_mistake **mistakes, size_t *n, struct fault *fault);
void mistakes_free(struct exercise_mistake *mistakes, size_t n);

#endif
