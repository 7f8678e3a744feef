/* SPDX-License-Identifier: MIT
 *
 * syncgrade/philosophers.h - what a table of dining philosophers exports to be graded
 *
 * A submission defines `struct philosophers` as it likes and exports one constant, `philosophers_plugin`. See
 * <syncgrade/lock.h> for the shape of a submission and how to build it.
 *
 * The philosophers (Dijkstra 1965, 1971) sit round a table, with one fork between each two neighbours; each needs both
 * of his forks to eat. The neighbours of philosopher i are (i + 1) mod n and (i + n - 1) mod n; where there are two
 * philosophers they share both forks. Neighbours never eat at the same time; philosophers who are no neighbours can. No
 * philosopher who wants to eat waits for one who only thinks.
 *
 * The order of calls that a plugin may rely on:
 *   - init() returns before any other call on that object is made;
 *   - a philosopher who holds his forks does not pick them up again, and puts down only what he holds;
 *   - destroy() is called once, after every thread that used the object has been joined;
 *   - after destroy(), the same storage may be given to init() again.
 */
#ifndef SYNCGRADE_PHILOSOPHERS_H
#define SYNCGRADE_PHILOSOPHERS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A plugin stores it in `abi`. */
#define PHILOSOPHERS_PLUGIN_ABI 1u

/* The most philosophers that the grader ever passes to init(). */
#define PHILOSOPHERS_MAX 32u

/* The table: defined by the student, `size` bytes of it. The grader owns the storage: aligned to 64 bytes, filled with
 * garbage before init(), guarded at both ends, and in memory shared between processes where the workload runs
 * processes. */
struct philosophers;

struct philosophers_plugin {
	/* PHILOSOPHERS_PLUGIN_ABI. */
	uint32_t abi;

	/* The most philosophers that the algorithm serves, or 0: any number up to PHILOSOPHERS_MAX. The grader never
	 * starts more. */
	uint32_t threads_max;

	/* sizeof(struct philosophers), in bytes: at least 1. */
	size_t size;

	/* Makes a table with all forks on it, for so many philosophers, numbered 0 … philosophers - 1; 2 <=
	 * philosophers <= PHILOSOPHERS_MAX. Returns 0, or an errno value if it cannot. What it allocates belongs to
	 * the plugin, until destroy().
	 * [called by one thread, before all others; must not block] */
	int (*init)(struct philosophers *table, unsigned philosophers);

	/* Returns when philosopher `self` has both of his forks. The same number always means the same thread.
	 * [a philosopher who holds no fork, concurrently; may block] */
	void (*pick_up)(struct philosophers *table, unsigned self);

	/* Puts both forks down. What the caller wrote before is visible to the neighbours when they eat next.
	 * [a philosopher who has picked up; must not wait for other philosophers' meals] */
	void (*put_down)(struct philosophers *table, unsigned self);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct philosophers *table);
};

/* The one symbol that a philosophers submission exports. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
extern const struct philosophers_plugin philosophers_plugin;

#ifdef __cplusplus
}
#endif

#endif
