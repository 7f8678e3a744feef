/* Which failed checks of a result show the same thing, so that it is told once. */
#ifndef CAUSES_H
#define CAUSES_H

#include "result.h"

/* For each check the index of the one whose story stands for it; its own where it is told itself. A check is told by
 * another if both failed in a property of one family (what is inside together, seen or ordered; who waits for ever,
 * which the story shows where the property is another), and its counterexample goes through all lines of the submission
 * through which the other, shorter one goes (if none takes part in that, none in this); or if both give the same reason
 * at the same place; or, without a counterexample, if it has the same message. The caller owns the array. */
size_t *causes_of(const struct result *result);

/* The first check on which check i builds and that fails for another cause; NULL: there is none. */
const struct check_result *causes_mend_first(const struct result *result, const size_t *told_by, size_t i);

#endif
