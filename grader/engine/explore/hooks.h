/* Hooks: where code that runs on a fiber hands control to the engine.
 *
 * A hook is a few instructions of assembly (switch.S) that note the arguments in hook_request, push the callee-saved
 * registers, and continue on the engine's stack. So the fiber's stack holds, from its stack pointer to its base, all of
 * the thread's state: registers, return address, frames; and no residue of the engine is ever left on it. */
#ifndef HOOKS_H
#define HOOKS_H

#include <stdint.h>

enum hook {
#define HOOK(name) HOOK_##name,
#define SIZES(name) HOOK_##name##1, HOOK_##name##2, HOOK_##name##4, HOOK_##name##8,
#include "hooks.def"
#undef HOOK
#undef SIZES
	HOOK_COUNT
};

/* switch.S knows the layout. */
struct hook_request {
	uint64_t argument[6];
	uint64_t hook;   /* enum hook */
	uint64_t *stack; /* the fiber's stack pointer: 6 registers, then the return address */
};

#define HOOK_SAVED 6 /* registers on the stack below the return address */

extern struct hook_request hook_request __attribute__((visibility("hidden")));

/* Runs the fiber whose stack pointer this is until its next hook; its hook returns `result`. */
void hook_resume(uint64_t *stack, uint64_t result);

/* Where a new fiber begins: calls r13(r12), then hook_exit. */
void hook_begin(void);

/* Where a signal handler sends a fiber that crashed. */
void hook_crashed(void);

/* The hooks, as functions of whatever type their users declare. */
#define HOOK(name) void hook_##name(void);
#define SIZES(name) HOOK(name##1) HOOK(name##2) HOOK(name##4) HOOK(name##8)
#include "hooks.def"
#undef HOOK
#undef SIZES

#endif
