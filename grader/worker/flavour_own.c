#include "flavour.h"

#include <stddef.h>

const struct engine *const flavour_engines[] = { &engine_native, &engine_explore, NULL };
