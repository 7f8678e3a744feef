/* Fresh state: what an execution may write is copied when the setup is over, and put back before each execution. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

#include "engine.h"

/* Adds bytes that executions may write. Returns 0 or -ENOMEM. */
int memory_add(void *begin, size_t size);
/* Adds a module's writable data (its .data and .bss). */
int memory_add_module(const struct engine_module *module);
/* Takes the copy; memory_restore() puts it back. */
void memory_save(void);
void memory_restore(void);
void memory_forget(void);
/* A hash of all of it as it is now. */
uint64_t memory_hash(void);

#endif
