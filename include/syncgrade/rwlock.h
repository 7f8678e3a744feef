/* SPDX-License-Identifier: MIT
 *
 * syncgrade/rwlock.h - what a readers-writers lock exports to be graded
 *
 * A submission defines `struct rwlock` as it likes and exports one constant, `rwlock_plugin`. See <syncgrade/lock.h>
 * for the shape of a submission and how to build it.
 *
 * A readers-writers lock (Courtois, Heymans, Parnas 1971) lets any number of readers in together, or one writer alone.
 * Whom it prefers where both wait is its own affair: readers, writers, or who came first. But where no writer holds it
 * or wants it, no reader waits for another reader.
 *
 * The order of calls that a plugin may rely on:
 *   - init() returns before any other call on that object is made;
 *   - destroy() is called once, after every thread that used the object has been joined;
 *   - after destroy(), the same storage may be given to init() again;
 *   - a thread never acquires a lock that it holds, for reading or for writing, and releases only what it holds, by the
 *     function that belongs to how it holds it;
 *   - a thread may hold two different locks at once.
 */
#ifndef SYNCGRADE_RWLOCK_H
#define SYNCGRADE_RWLOCK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A plugin stores it in `abi`. */
#define RWLOCK_PLUGIN_ABI 1u

/* The most threads that the grader ever passes to init(). */
#define RWLOCK_THREADS_MAX 32u

/* The lock itself: defined by the student, `size` bytes of it. The grader owns the storage: aligned to 64 bytes,
 * filled with garbage before init(), guarded at both ends, and in memory shared between processes where the
 * workload runs processes. */
struct rwlock;

struct rwlock_plugin {
	/* RWLOCK_PLUGIN_ABI. */
	uint32_t abi;

	/* The most threads that the algorithm serves, or 0: any number up to RWLOCK_THREADS_MAX. The grader never
	 * starts more. */
	uint32_t threads_max;

	/* sizeof(struct rwlock), in bytes: at least 1. */
	size_t size;

	/* Makes `lock` free, for callers numbered 0 … threads - 1. Returns 0, or an errno value if it cannot. What
	 * it allocates belongs to the plugin, until destroy().
	 * [called by one thread, before all others; must not block] */
	int (*init)(struct rwlock *lock, unsigned threads);

	/* Returns when the calling thread holds the lock for reading: together with other readers, but with no
	 * writer. `self` is the caller's number, 0 <= self < threads: the same number always means the same thread.
	 * [any thread that does not hold the lock, concurrently; may block, but not for readers alone] */
	void (*acquire_read)(struct rwlock *lock, unsigned self);

	/* Gives it up. What the caller did before has happened before whatever the next writer does.
	 * [only a thread that holds the lock for reading, not always the one that came in first; must not wait for
	 * other threads' critical sections] */
	void (*release_read)(struct rwlock *lock, unsigned self);

	/* Returns when the calling thread holds the lock for writing: alone.
	 * [any thread that does not hold the lock, concurrently; may block] */
	void (*acquire_write)(struct rwlock *lock, unsigned self);

	/* Gives it up. What the caller wrote before is visible to whoever acquires the lock next, for reading or
	 * writing.
	 * [only the thread that holds the lock for writing; must not wait for other threads' critical sections] */
	void (*release_write)(struct rwlock *lock, unsigned self);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct rwlock *lock);
};

/* The one symbol that a readers-writers lock submission exports. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
extern const struct rwlock_plugin rwlock_plugin;

#ifdef __cplusplus
}
#endif

#endif
