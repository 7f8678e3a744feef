/* The shape of a counterexample: what it comes down to when names, types and lines are left out. Two plugins that make
 * the same mistake break in the same way, and their shortest counterexamples have the same shape. */
#ifndef SHAPE_H
#define SHAPE_H

#include "result.h"

/* 16 hexadecimal digits: of the property, and of the steps up to the one where the violation shows (who acts, how, on
 * which variable by order of appearance, what is seen). NULL: it has too few steps to say anything. The caller owns it.
 */
char *shape_of(enum workload_property property, const struct counterexample *counterexample);

#endif
