/* What the executions so far have shown of how variables are accessed (internal.h, struct shape): plain variables that
 * race, which count as relaxed atomics from then on, and bytes that are accessed in several sizes, which are one
 * location. What is added changes the locations: all executions begin again. */
#ifndef SHAPES_H
#define SHAPES_H

#include "internal.h"
#include "schedule_text.h"

/* Whether some of these bytes are promoted. */
bool shapes_promoted(uint64_t address, uint32_t size);
/* Promotes them, and ends the execution with END_RESTART. */
void shapes_promote(uint64_t address, uint32_t size);

/* Names them for a schedule, so that they are found in every run. 0 or a negative errno value. */
int shapes_write(struct schedule *schedule);
/* Forgets what was known, and takes what the schedule says. 0; -EINVAL: it names memory that is not there; -E2BIG. */
int shapes_read(const struct schedule *schedule);
/* Forgets what was known. */
void shapes_clear(void);

#endif
