/* SPDX-License-Identifier: MIT
 *
 * syncgrade/semaphore.h - what a counting semaphore exports to be graded
 *
 * A submission defines `struct semaphore` as it likes and exports one constant, `semaphore_plugin`. See
 * <syncgrade/lock.h> for the shape of a submission and how to build it.
 *
 * The order of calls that a plugin may rely on:
 *   - init() returns before any other call on that object is made;
 *   - destroy() is called once, after every thread that used the object has been joined;
 *   - after destroy(), the same storage may be given to init() again;
 *   - any thread may wait() and any thread may signal(), also one that never waited.
 */
#ifndef SYNCGRADE_SEMAPHORE_H
#define SYNCGRADE_SEMAPHORE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A plugin stores it in `abi`. */
#define SEMAPHORE_PLUGIN_ABI 1u

/* The semaphore itself: defined by the student, `size` bytes of it. The grader owns the storage: aligned to 64 bytes,
 * filled with garbage before init(), guarded at both ends, and in memory shared between processes where the
 * workload runs processes. */
struct semaphore;

struct semaphore_plugin {
	/* SEMAPHORE_PLUGIN_ABI. */
	uint32_t abi;

	/* sizeof(struct semaphore), in bytes: at least 1. */
	size_t size;

	/* Makes a semaphore with `value` permits, 0 <= value <= 2^31 - 1. Returns 0, or an errno value if it cannot.
	 * What it allocates belongs to the plugin, until destroy().
	 * [called by one thread, before all others; must not block] */
	int (*init)(struct semaphore *semaphore, unsigned value);

	/* Takes a permit; waits until there is one (P, down, sem_wait).
	 * [any thread, concurrently; may block] */
	void (*wait)(struct semaphore *semaphore);

	/* Gives a permit and lets one waiter through, if there is any; a permit that nobody waits for is remembered
	 * (V, up, sem_post). What the caller wrote before is visible to the thread that takes this permit.
	 * [any thread, concurrently; must not wait for a permit] */
	void (*signal)(struct semaphore *semaphore);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct semaphore *semaphore);
};

/* The one symbol that a semaphore submission exports. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
extern const struct semaphore_plugin semaphore_plugin;

#ifdef __cplusplus
}
#endif

#endif
