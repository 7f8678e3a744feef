/* Hooks: where code that runs on a fiber hands control to the engine.
 *
 * A hook is a few instructions of assembly (switch.S) that note the arguments in a hook_request, push the callee-saved
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

/* Memory that is written by nobody while fibers run: reads of it (1 to 8 bytes) are no hooks. */
extern struct {
	uint64_t begin, size;
} hook_unseen[2] __attribute__((visibility("hidden")));

/* Runs the fiber whose stack pointer this is until its next hook, whose request is written to *request; the hook that
 * it stands at returns `result`. */
void hook_resume(uint64_t *stack, uint64_t result, struct hook_request *request);

/* Where a new fiber begins: calls r13(r12), then hook_exit. */
void hook_begin(void);

/* Where a signal handler sends a fiber that crashed. */
void hook_crashed(void);

/* Calls that are not modelled: each stub says its name, which ends the exploration. */
#define HOOK_STUBS 512
#define HOOK_STUB_BYTES 16
extern const char *hook_stub_names[HOOK_STUBS] __attribute__((visibility("hidden")));
void hook_stubs(void) __attribute__((visibility("hidden")));

/* The hooks, as functions of whatever type their users declare. */
#define HOOK(name) void hook_##name(void);
#define SIZES(name) HOOK(name##1) HOOK(name##2) HOOK(name##4) HOOK(name##8)
#include "hooks.def"
#undef HOOK
#undef SIZES

#endif
