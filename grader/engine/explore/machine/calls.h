/* The hooks that the explorer's own code on fibers calls, with their types. */
#ifndef CALLS_H
#define CALLS_H

#include <stdint.h>

#include "hooks.h"

#define CALL_SITE ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

/* A mark that is none of enum trial_event: the thread enters the library's function of that name. */
#define MARK_LIBRARY 100u
/* Two more, where threads are processes: it uses an object of the library, of the type of that name, that is not for
 * more than one process; it uses a futex in a way that is of its own process only. */
#define MARK_USE 101u
#define MARK_FUTEX 102u

#define CALL(name) __asm__("hook_" #name) __attribute__((visibility("hidden")))

uint64_t call_step(uint64_t key, uint64_t rule, uint64_t operand, uint64_t order, uint64_t site, uint64_t expected)
    CALL(step);
uint64_t call_choice(uint64_t n, uint64_t site) CALL(choice);
uint64_t call_heap(uint64_t operation, uint64_t size, uint64_t alignment, uint64_t site) CALL(heap);
void call_mark(uint64_t event, uint64_t what, const char *name) CALL(mark);
void call_finding(uint64_t property, const char *message) CALL(finding);
void call_unmodelled(const char *name) CALL(unmodelled);
void call_exit(void) CALL(exit);
void call_read_range(const void *begin, uint64_t size) CALL(read_range);
void call_write_range(void *begin, uint64_t size) CALL(write_range);
uint32_t call_load4(uint32_t *word, int order) CALL(load4);

#endif
