/* Addresses of this process as places that the grader can name: module and offset. */
#ifndef PLACE_H
#define PLACE_H

#include "engine.h"

/* The place of an address in code or data. MODULE_OTHER carries the address itself. Async-signal-safe. */
struct wire_place place_of(const struct engine_job *job, uintptr_t address);

/* The storage of plugin object `index`, < TRIAL_OBJECTS_MAX: on the board, aligned to 64, its end as near to a guard
 * page as that allows. */
unsigned char *object_storage(const struct engine_job *job, unsigned index);

#endif
