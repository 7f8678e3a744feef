/* Which engines this worker was built with. */
#ifndef FLAVOUR_H
#define FLAVOUR_H

#include "engine.h"

/* NULL-terminated. */
extern const struct engine *const flavour_engines[];

#endif
