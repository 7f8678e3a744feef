/* Which of what was handed in is graded, and what belongs to it. */
#ifndef INTAKE_CHOOSE_H
#define INTAKE_CHOOSE_H

#include <stddef.h>

#include "collect.h"
#include "fault.h"

/* The index of the one file that is the submission: the source that defines a descriptor, else the one that speaks of
 * one, else the only one, else the only shared object. Negative: a fault, which tells what there is instead; `path` is
 * for messages. */
int choose_file(const struct collection *collection, const char *path, struct fault *fault);

/* Whether file `i` may be compiled with `main`, where that needs it: a source of the same tree that is neither another
 * submission nor a program. `main` behind all files: it is none of them. */
bool choose_belongs(const struct collection *collection, size_t main, size_t i);

#endif
