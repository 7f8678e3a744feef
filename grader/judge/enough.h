/* Whether the explorer has looked at enough for its pass to mean something, and which checks count. */
#ifndef ENOUGH_H
#define ENOUGH_H

#include "judge.h"

/* What the explorer says that it has looked at. */
struct coverage coverage_of(const struct explored *explored);

/* Whether a pass on this ground counts in the exercise. */
bool enough_looked_at(const struct exercise_coverage *wanted, enum workload_property property,
		      const struct coverage *coverage);

/* The sentence for a pass that does not, and what can be done. The caller owns it. */
char *enough_missing(const struct exercise *exercise, const struct exercise_workload *workload,
		     enum workload_property property, const struct coverage *coverage);

/* Whether the explorer has seen any call of the plugin wait for another thread, in any workload. Where none does,
 * nothing is synchronized, and whatever holds is no merit of the plugin's. */
bool enough_waiting(const struct judge_input *input);

/* Takes the points from checks whose `requires` do not hold. */
void enough_requires(struct result *result);

#endif
