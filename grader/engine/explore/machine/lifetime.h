/* Lifetimes: of the library's objects, of blocks of the heap, of what lies in stack frames. What ends one has to be
 * ordered after whatever others did there; and nothing may be done there afterwards. Neither depends on who runs first.
 */
#ifndef LIFETIME_H
#define LIFETIME_H

#include "machine.h"

void lifetime_reset(void);
void lifetime_fini(void);

/* The library makes, uses or destroys an object: HOOK_object is the thread's request. */
void lifetime_object(struct run_thread *thread);

/* What is told next is about this object of the library, used there: it has a name. Until lifetime_no_blame(). */
void lifetime_blame(uint64_t object, uint64_t site);
void lifetime_no_blame(void);

/* These bytes end. True: *other may still use them. */
bool lifetime_used(const struct run_thread *thread, uint64_t address, uint32_t size, uint64_t pc,
		   struct race_place *other);
/* That is told; the message has two %u. */
void lifetime_tell_user(const struct run_thread *thread, const struct race_place *other, uint64_t pc,
			enum said message);

/* Below this, a suspended fiber's frames have gone: what called the hook has its stack pointer there. */
static inline uint64_t lifetime_top(const struct fiber *fiber)
{
	return (uint64_t)(uintptr_t)(fiber->stack + HOOK_SAVED + 1);
}

/* An access to a stack, the thread's own or another's. True: its frame has gone (which has been reported). */
bool lifetime_stack(struct run_thread *thread, const struct fiber *owner, uint64_t address, uint32_t size, uint64_t pc);

/* The thread has come to a hook: which frames have gone since the one before? */
extern uint32_t lifetime_foreign __attribute__((visibility("hidden"))); /* places in stacks that others have used */
void lifetime_look_at_frames(struct run_thread *thread);
static inline void lifetime_frames(struct run_thread *thread)
{
	if (lifetime_foreign > 0)
		lifetime_look_at_frames(thread);
}
/* The workload calls the plugin, or the call has returned; `frame`: where the plugin's frames begin, downwards. */
void lifetime_operation(struct run_thread *thread, bool begins, uint64_t frame);

#endif
