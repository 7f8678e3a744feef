/* A result against what was expected of it. */
#ifndef COMPARE_H
#define COMPARE_H

#include "exercise.h"
#include "expectation.h"
#include "result.h"
#include "text.h"

/* Adds a line for each thing that is not as expected; none: all is. `expectation` NULL: every check that gives points
 * passes. */
void compare(const struct result *result, const struct expectation *expectation, struct text *complaints);

/* The starter, which may get `starter_max` points. */
void compare_starter(const struct result *result, const struct exercise *exercise, struct text *complaints);

#endif
