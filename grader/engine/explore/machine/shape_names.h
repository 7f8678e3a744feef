/* What has been found out of how variables are accessed (location.h, struct shape), by names that are the same in each
 * run: in a schedule. */
#ifndef SHAPE_NAMES_H
#define SHAPE_NAMES_H

#include "schedule_text.h"

/* Names them for a schedule. 0 or a negative errno value. */
int shapes_write(struct schedule *schedule);
/* Forgets what was known, and takes what the schedule says. 0; -EINVAL: it names memory that is not there; -E2BIG. */
int shapes_read(const struct schedule *schedule);

#endif
