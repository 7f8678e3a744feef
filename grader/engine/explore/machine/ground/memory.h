/* Fresh state: what an execution may write is copied when the setup is over, and put back before each execution. Where
 * threads are processes, what each has for itself has an image for each of them; the one that runs has its own in
 * place.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine.h"

/* Adds bytes that executions may write. Returns 0 or -ENOMEM. */
int memory_add(void *begin, size_t size);
/* The same, of bytes that each process has for itself. */
int memory_add_own(void *begin, size_t size);
/* Adds a module's writable data (its .data and .bss), which a process has for itself. */
int memory_add_module(const struct engine_module *module);

/* Whether something in the modules' data looks like a pointer to between these addresses. */
bool memory_points_into(uint64_t begin, uint64_t end);

/* Makes an image of what memory_add_own() was given for each of `n` processes; from the next memory_restore() on,
 * number `first` is in place. To be called once, when nothing more is added. Returns 0 or -ENOMEM. */
int memory_fork(unsigned n, unsigned first);
/* Puts another process' image in place. */
void memory_switch(unsigned process);
/* Whether these bytes are a process' own. */
bool memory_is_own(uint64_t address);
/* Where those bytes of a process are now. */
void *memory_of(unsigned process, uint64_t address);

/* Whether executions may write there: not so what a module has read-only, as tables of functions. */
bool memory_is_writable(uint64_t address);

/* Takes the copy; memory_restore() puts it back. */
void memory_save(void);
void memory_restore(void);
void memory_forget(void);
/* A hash of all of it as it is now, in each process. */
uint64_t memory_hash(void);

#endif
