/* SPDX-License-Identifier: MIT
 *
 * syncgrade/bounded_buffer.h - what a bounded buffer exports to be graded
 *
 * A submission defines `struct bounded_buffer` as it likes and exports one constant, `bounded_buffer_plugin`. See
 * <syncgrade/lock.h> for the shape of a submission and how to build it.
 *
 * A bounded buffer (Dijkstra 1965) is a queue with a fixed number of places between producers and consumers. It is
 * first in, first out: where one put() has returned before another was called, and so for the puts of one thread, the
 * item of the first comes out first.
 *
 * The order of calls that a plugin may rely on:
 *   - init() returns before any other call on that object is made;
 *   - destroy() is called once, after every thread that used the object has been joined; items may be left in it;
 *   - after destroy(), the same storage may be given to init() again;
 *   - any thread may put() and any thread may get(), also the same one.
 */
#ifndef SYNCGRADE_BOUNDED_BUFFER_H
#define SYNCGRADE_BOUNDED_BUFFER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A plugin stores it in `abi`. */
#define BOUNDED_BUFFER_PLUGIN_ABI 1u

/* The largest capacity that the grader ever passes to init(). */
#define BOUNDED_BUFFER_CAPACITY_MAX 64u

/* The buffer itself: defined by the student, `size` bytes of it. The grader owns the storage: aligned to 64 bytes,
 * filled with garbage before init(), guarded at both ends, and in memory shared between processes where the
 * workload runs processes. */
struct bounded_buffer;

struct bounded_buffer_plugin {
	/* BOUNDED_BUFFER_PLUGIN_ABI. */
	uint32_t abi;

	/* sizeof(struct bounded_buffer), in bytes: at least 1. */
	size_t size;

	/* Makes an empty buffer with `capacity` places, 1 <= capacity <= BOUNDED_BUFFER_CAPACITY_MAX. Returns 0, or
	 * an errno value if it cannot. What it allocates belongs to the plugin, until destroy().
	 * [called by one thread, before all others; must not block] */
	int (*init)(struct bounded_buffer *buffer, unsigned capacity);

	/* Puts `item` in, any 64 bits; waits while all places are taken, and only then. What the caller wrote before
	 * is visible to the thread that gets this item.
	 * [any thread, concurrently; may block] */
	void (*put)(struct bounded_buffer *buffer, uint64_t item);

	/* Takes the oldest item out and returns it; waits while there is none, and only then.
	 * [any thread, concurrently; may block] */
	uint64_t (*get)(struct bounded_buffer *buffer);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct bounded_buffer *buffer);
};

/* The one symbol that a bounded buffer submission exports. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
extern const struct bounded_buffer_plugin bounded_buffer_plugin;

#ifdef __cplusplus
}
#endif

#endif
