/* What of a result its student may see, where the exercise has hidden checks. */
#ifndef STUDENT_VIEW_H
#define STUDENT_VIEW_H

#include "result.h"

/* The result without its hidden checks: only how many they are and what they are worth is told (n_hidden,
 * hidden_points); score and verdict are those of the other checks. What would tell of them is left out too: findings of
 * their workloads, output, the names of the runs. Without hidden checks, the result as it is.
 * A view: it borrows from `full`, which must outlive it; for student_view_destroy() alone, not result_destroy(). */
struct result *student_view_create(const struct result *full);
void student_view_destroy(struct result *view);

#endif
