/* SPDX-License-Identifier: MIT
 *
 * <latch.h> - the contract for a student's latch
 *
 * A latch begins with a count. count_down() lowers it by one; await() returns when it has reached 0. From then on the
 * latch is open, and stays open: await() returns at once, and count_down() changes nothing. One C source defines
 * `struct latch` and exports one symbol, `latch_plugin`:
 *
 *     #include <latch.h>
 *
 *     struct latch { … };
 *     static int init(struct latch *latch, unsigned count) { … }
 *     static void count_down(struct latch *latch) { … }
 *     static void await(struct latch *latch) { … }
 *
 *     const struct latch_plugin latch_plugin = {
 *         .abi = LATCH_PLUGIN_ABI, .size = sizeof(struct latch),
 *         .init = init, .count_down = count_down, .await = await,
 *     };
 *
 * The storage of a latch is the grader's: `size` bytes, aligned to 64, filled with garbage before init(), at the same
 * address until destroy(). There may be several latches at the same time; after destroy(), the same storage may be
 * given to init() again. */
#ifndef LATCH_H
#define LATCH_H

#include <stddef.h>
#include <stdint.h>

#define LATCH_PLUGIN_ABI 1u

struct latch; /* the student's */

struct latch_plugin {
	/* LATCH_PLUGIN_ABI. */
	uint32_t abi;

	/* sizeof(struct latch), in bytes: at least 1. */
	size_t size;

	/* Makes a latch with this count, 0 <= count <= 2^31 - 1; with 0 it is open from the beginning. Returns 0, or an
	 * errno value if it cannot. What it allocates belongs to the plugin, until destroy(). [called by one thread,
	 * before all others; must not block] */
	int (*init)(struct latch *latch, unsigned count);

	/* Lowers the count by one; an open latch stays as it is. What the caller wrote before is visible to whoever
	 * comes back from await(), if it is one of the calls that have opened the latch. [any thread, concurrently, as
	 * often as it likes; must not wait for other threads' calls] */
	void (*count_down)(struct latch *latch);

	/* Returns when the latch is open.
	 * [any thread, concurrently, as often as it likes; may block] */
	void (*await)(struct latch *latch);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct latch *latch);
};

/* The one symbol that a plugin exports. (A workload, which reaches it by the trial, does without the declaration.) */
#ifndef SYNCGRADE_WORKLOAD_H
#if defined(__cplusplus)
extern "C"
#else
extern
#endif
    __attribute__((visibility("default"))) const struct latch_plugin latch_plugin;
#endif

#endif
