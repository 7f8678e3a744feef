#include "flavour.h"

#include <stddef.h>

const struct engine *const flavour_engines[] = { &engine_tsan, NULL };
