/* Makes a loaded module's imports lead to the explorer: its relocations are rewritten in place. So a call is ours if,
 * and only if, plugin or workload makes it; libc and the worker keep their own. */
#ifndef REDIRECT_H
#define REDIRECT_H

#include <stdbool.h>
#include <stddef.h>

#include "engine.h"

struct redirection {
	const char *name;
	void *target;
	void **real; /* not NULL: what it leads to otherwise is put here */
};

/* What becomes of a module's imports. */
struct redirect_policy {
	const struct redirection *table; /* calls that lead elsewhere, sorted by name */
	size_t n;
	bool (*is_harmless)(const char *name);  /* calls that may be made as they are; NULL: all others */
	bool (*is_of_thread)(const char *name); /* of those, calls for which it matters which thread makes them */
};

/* Redirects the module's imports that the table lists. A call that is neither listed nor harmless ends the exploration
 * when it is made, with its name. All others are resolved for good, so that the loader writes nothing into the module
 * later. Returns 0 or a negative errno value. */
int redirect_module(const struct engine_module *module, const struct redirect_policy *policy);

/* Whether it may matter to the module's code which thread's pointer is loaded: it has thread-local variables, or calls
 * what asks for the thread. Assembly that reads the pointer is not seen here. */
bool redirect_asks_for_thread(const struct engine_module *module, const struct redirect_policy *policy);

/* Calls the module's constructors once more, on the caller's stack: what they allocate is the explorer's then. */
void redirect_construct(const struct engine_module *module);

#endif
