/* Fibers: the plugin's threads, all on one thread of the operating system. Each has a stack between guard pages and a
 * thread control block, lent by a pthread that is parked for as long as the exploration lasts, so that thread-local
 * variables, errno and pthread_self() are its own. */
#ifndef FIBER_H
#define FIBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hooks.h"

#define FIBER_STACK_BYTES (256u * 1024)
#define FIBERS_MAX 33u /* 32 threads and the first one */
#define FIBER_TLS_MAX 8u

struct fiber_tls {
	void *begin;
	size_t size;
	void *module; /* link address of the module: identifies it */
	size_t id;    /* the loader's number of it */
};

/* What __tls_get_addr() is asked for (ELF handling for thread-local storage: Drepper, 2013). */
struct tls_index {
	unsigned long module, offset;
};

struct fiber {
	char *stack_begin, *stack_end; /* usable bytes; guard pages around them */
	uint32_t number;
	uint64_t *lowest;         /* the deepest stack pointer seen since fiber_start() */
	uint64_t *stack;          /* where it stopped */
	uint64_t *touched;        /* the deepest stack pointer seen since fiber_clear_below() */
	uintptr_t thread_pointer; /* its thread control block: what pthread_self() gives back */
	uintptr_t loaded;         /* fs base while it runs: the same, or one of all (fibers_share_pointer()) */
	struct fiber_tls tls[FIBER_TLS_MAX]; /* thread-local blocks of the modules that may write them */
	unsigned n_tls;
	int *error_number;           /* its errno: libc keeps it, and the plugin reads it */
	struct hook_request request; /* what it asks for */
};

/* Makes `count` fibers. `modules`: load addresses of the modules whose thread-local blocks are wanted.
 * Returns 0 or a negative errno value. [the exploring thread] */
int fibers_create(unsigned count, const uintptr_t *modules, unsigned n_modules);
void fibers_destroy(void);
/* Lets all fibers run with one thread pointer, where nobody would notice: no module calls what keeps something for each
 * thread (errno), or looks at the pointer, and where their thread-local variables are, they ask fiber_tls_address().
 * Where a program may not set it by itself, each change is a system call, and costs more than the step. */
void fibers_share_pointer(void);
struct fiber *fiber_get(unsigned index);

/* __tls_get_addr() for the fiber that runs: where the variable is, in the blocks that it has noted; of other modules,
 * that of the thread whose pointer is loaded. */
void *fiber_tls_address(struct tls_index *index);
/* Whose stack the address lies in; NULL: nobody's. */
extern struct fiber_stacks {
	char *begin; /* one beside the other */
	size_t bytes;
} fiber_stacks __attribute__((visibility("hidden")));
#define FIBER_STACK_STRIDE (FIBER_STACK_BYTES + 2 * 4096)
static inline struct fiber *fiber_of_stack(uint64_t address)
{
	uint64_t offset = address - (uint64_t)(uintptr_t)fiber_stacks.begin;

	return offset < fiber_stacks.bytes ? fiber_get((unsigned)(offset / FIBER_STACK_STRIDE)) : NULL;
}

/* Makes the fiber begin at function(argument) when it is next resumed. The stack below is zeroed, so that what an
 * execution reads from it does not depend on the ones before. */
void fiber_start(struct fiber *fiber, void (*function)(void *), void *argument);

/* Zeroes what frames that are no more have left below the stack pointer: what the frames to come find there, and keep
 * where they write nothing, does not depend on how it came here. */
void fiber_clear_below(struct fiber *fiber);

/* Runs it until its next hook, whose request is then in fiber->request. */
void fiber_resume(struct fiber *fiber, uint64_t result);

/* The fiber that runs or ran last; NULL before the first. */
struct fiber *fiber_current(void);

/* Loads the exploring thread's own thread pointer again. */
void fiber_leave(void);

static inline uint64_t fiber_pc(const struct fiber *fiber)
{
	return fiber->request.stack[HOOK_SAVED];
}

#endif
