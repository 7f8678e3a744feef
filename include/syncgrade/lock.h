/* SPDX-License-Identifier: MIT
 *
 * syncgrade/lock.h - what a lock exports to be graded
 *
 * A submission is a shared object that defines `struct lock` as it likes and exports one constant,
 * `lock_plugin`, that tells the grader how to use it:
 *
 *     #include <stdatomic.h>
 *     #include <syncgrade/lock.h>
 *
 *     struct lock { atomic_uint next, serving; };
 *
 *     static int init(struct lock *l, unsigned threads) { … return 0; }
 *     static void acquire(struct lock *l, unsigned self) { … }
 *     static void release(struct lock *l, unsigned self) { … }
 *
 *     const struct lock_plugin lock_plugin = {
 *         .abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock),
 *         .init = init, .acquire = acquire, .release = release,
 *     };
 *
 * Build it with   gcc -O1 -g -shared -fPIC -fsanitize=thread -o mylock.so mylock.c
 * or hand in the `.c` file, which the grader builds so itself. Nothing of the grader is linked.
 *
 * The order of calls that a plugin may rely on:
 *   - init() returns before any other call on that object is made;
 *   - destroy() is called once, after every thread that used the object has been joined;
 *   - after destroy(), the same storage may be given to init() again;
 *   - a thread never acquires a lock that it holds, and releases only what it holds;
 *   - a thread may hold two different locks at once.
 */
#ifndef SYNCGRADE_LOCK_H
#define SYNCGRADE_LOCK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A plugin stores it in `abi`. */
#define LOCK_PLUGIN_ABI 1u

/* The most threads that the grader ever passes to init(). */
#define LOCK_THREADS_MAX 32u

/* The lock itself: defined by the student, `size` bytes of it. The grader owns the storage: aligned to 64 bytes,
 * filled with garbage before init(), guarded at both ends, and in memory shared between processes where the
 * workload runs processes. */
struct lock;

struct lock_plugin {
	/* LOCK_PLUGIN_ABI. */
	uint32_t abi;

	/* The most threads that the algorithm serves (Peterson: 2), or 0: any number up to LOCK_THREADS_MAX.
	 * The grader never starts more. */
	uint32_t threads_max;

	/* sizeof(struct lock), in bytes: at least 1. */
	size_t size;

	/* Makes `lock` free, for callers numbered 0 … threads - 1. Returns 0, or an errno value if it cannot.
	 * What it allocates belongs to the plugin, until destroy().
	 * [called by one thread, before all others; must not block] */
	int (*init)(struct lock *lock, unsigned threads);

	/* Returns when the calling thread holds the lock. `self` is the caller's number, 0 <= self < threads: the same
	 * number always means the same thread.
	 * [any thread that does not hold the lock, concurrently; may block] */
	void (*acquire)(struct lock *lock, unsigned self);

	/* Gives the lock up. What the caller wrote before is visible to whoever acquires the lock next.
	 * [only the thread that holds the lock; must not wait for other threads' critical sections] */
	void (*release)(struct lock *lock, unsigned self);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct lock *lock);
};

/* The one symbol that a lock submission exports. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
extern const struct lock_plugin lock_plugin;

#ifdef __cplusplus
}
#endif

#endif
