/* Makes a loaded module's imports lead to the explorer: its relocations are rewritten in place. So a call is ours if,
 * and only if, plugin or workload makes it; libc and the worker keep their own. */
#ifndef REDIRECT_H
#define REDIRECT_H

#include <stddef.h>

#include "engine.h"

struct redirection {
	const char *name;
	void *target;
};

/* Redirects the module's imports that `table` (n entries, sorted by name) lists, and resolves the others for good, so
 * that the loader writes nothing into the module later. Returns 0 or a negative errno value. */
int redirect_module(const struct engine_module *module, const struct redirection *table, size_t n);

#endif
