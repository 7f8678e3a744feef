/* SPDX-License-Identifier: MIT
 *
 * syncgrade/barrier.h - what a reusable barrier exports to be graded
 *
 * A submission defines `struct barrier` as it likes and exports one constant, `barrier_plugin`. See
 * <syncgrade/lock.h> for the shape of a submission and how to build it.
 *
 * A barrier makes a fixed number of threads meet, round after round: in each round none of them gets past it until all
 * of them have arrived. It is reusable at once (Hensgen, Finkel, Manber 1988): a thread that has left round k may
 * arrive at round k + 1 while others have not yet left round k, and must neither wake nor overtake them.
 *
 * The order of calls that a plugin may rely on:
 *   - init() returns before any other call on that object is made;
 *   - each of the threads 0 … threads - 1 calls wait() equally often, one call after another;
 *   - destroy() is called once, after every thread that used the object has been joined;
 *   - after destroy(), the same storage may be given to init() again;
 *   - a thread may use two different barriers in turn.
 */
#ifndef SYNCGRADE_BARRIER_H
#define SYNCGRADE_BARRIER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A plugin stores it in `abi`. */
#define BARRIER_PLUGIN_ABI 1u

/* The most threads that the grader ever passes to init(). */
#define BARRIER_THREADS_MAX 32u

/* The barrier itself: defined by the student, `size` bytes of it. The grader owns the storage: aligned to 64 bytes,
 * filled with garbage before init(), guarded at both ends, and in memory shared between processes where the
 * workload runs processes. */
struct barrier;

struct barrier_plugin {
	/* BARRIER_PLUGIN_ABI. */
	uint32_t abi;

	/* The most threads that the algorithm serves, or 0: any number up to BARRIER_THREADS_MAX. The grader never
	 * starts more. */
	uint32_t threads_max;

	/* sizeof(struct barrier), in bytes: at least 1. */
	size_t size;

	/* Makes a barrier at which nobody waits, for `threads` callers, numbered 0 … threads - 1; threads >= 1.
	 * Returns 0, or an errno value if it cannot. What it allocates belongs to the plugin, until destroy().
	 * [called by one thread, before all others; must not block] */
	int (*init)(struct barrier *barrier, unsigned threads);

	/* Arrives, and returns when all `threads` have arrived in this round. What any of them wrote before it
	 * arrived is visible to each of them when it returns. `self` is the caller's number: the same number always
	 * means the same thread.
	 * [each thread, concurrently; blocks until the last one has arrived] */
	void (*wait)(struct barrier *barrier, unsigned self);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct barrier *barrier);
};

/* The one symbol that a barrier submission exports. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
extern const struct barrier_plugin barrier_plugin;

#ifdef __cplusplus
}
#endif

#endif
