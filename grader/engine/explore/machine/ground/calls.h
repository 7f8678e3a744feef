/* The hooks that the explorer's own code on fibers calls, with their types. */
#ifndef CALLS_H
#define CALLS_H

#include <stdbool.h>
#include <stdint.h>

#include "hooks.h"
#include "said.h"

#define CALL_SITE ((uint64_t)(uintptr_t)__builtin_return_address(0) - 1)

/* A mark that is none of enum trial_event: the thread enters the library's function of that name. */
#define MARK_LIBRARY 100u
/* One more, where threads are processes: it uses a futex in a way that is of its own process only. */
#define MARK_FUTEX 101u
/* A time could be over once more, which is not looked at. */
#define MARK_NO_TIMEOUT 102u
/* The workload finds that something is wrong, and goes on: what (property), name (message). */
#define MARK_FAILS 103u
/* Something happens to the thread inside the library, which a report tells: what (where the call was made), name (an
 * enum said). */
#define MARK_HAPPENS 104u

/* What happens to an object of the library. */
enum object_event { OBJECT_USED, OBJECT_MADE, OBJECT_DESTROYED };

enum heap_operation { HEAP_ALLOCATE, HEAP_FREE, HEAP_SIZE };

#define CALL(name) __asm__("hook_" #name) __attribute__((visibility("hidden")))

uint64_t call_step(uint64_t key, uint64_t rule, uint64_t operand, uint64_t order, uint64_t site, uint64_t expected)
    CALL(step);
/* Choices of which any but 0 is a surprise (execution/surprise.h). */
enum surprise {
	SURPRISE_NONE,
	SURPRISE_WAKE, /* a wake-up without a reason */
	SURPRISE_TIME  /* this, or the time is over */
};

/* One of n: 0 … n - 1. */
uint64_t call_choice(uint64_t n, uint64_t site, enum surprise surprise) CALL(choice);
/* Of HEAP_FREE, `detail` is the name of the call; of HEAP_ALLOCATE, the alignment. */
uint64_t call_heap(uint64_t operation, uint64_t size, uint64_t detail, uint64_t site) CALL(heap);
/* What a call of the plugin that begins or ends (TRIAL_CALL, TRIAL_RETURN) is, and of which plugin object; what it is
 * about comes as the mark's `object`. */
#define MARK_OF_OBJECT(what, object) ((what) | ((uint64_t)(object) + 1) << 32)
#define MARK_OBJECT(argument) ((uint32_t)((argument) >> 32)) /* 1 + its number; 0: not said */

/* `object`: of the library, that the call is about; NULL: none */
void call_mark(uint64_t event, uint64_t what, const char *name, const void *object) CALL(mark);
/* `type`: how a report calls it; `shared`: it is for more than one process */
void call_object(const void *object, uint64_t size, uint64_t event, enum said type, uint64_t site, bool shared)
    CALL(object);
/* `object`: of the library, that it is about; NULL: none */
void call_finding(uint64_t property, const char *message, const void *object) CALL(finding);
void call_unmodelled(const char *name) CALL(unmodelled);
void call_exit(void) CALL(exit);
void call_read_range(const void *begin, uint64_t size) CALL(read_range);
void call_write_range(void *begin, uint64_t size) CALL(write_range);
uint32_t call_load4(uint32_t *word, int order) CALL(load4);
void call_store4(uint32_t *word, uint32_t value, int order) CALL(store4);
uint8_t call_load1(uint8_t *byte, int order) CALL(load1);
void call_store1(uint8_t *byte, uint8_t value, int order) CALL(store1);

#endif
