/* Places in the submitted file, for reports that point at them. */
#ifndef SUBMITTED_H
#define SUBMITTED_H

#include "result.h"

/* The path of the submitted file: of a folder, the file in it that was taken. The caller owns it. */
char *submitted_path(const struct result *result);

/* Whether a step is at a line of the submitted file, and not of a workload or a header. */
bool submitted_step(const struct result *result, const struct step *step);

/* The line at which a check's violation shows: that of the culprit, or of the last step before it that has one; without
 * a counterexample, that of a finding of the same workload. 0: none. */
unsigned submitted_line(const struct result *result, const struct check_result *check);

#endif
