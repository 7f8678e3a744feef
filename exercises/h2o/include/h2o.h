/* SPDX-License-Identifier: MIT
 *
 * <h2o.h> - the contract for a student's water
 *
 * Threads are atoms. A thread that calls hydrogen() or oxygen() waits until two hydrogens and one oxygen are there, and
 * these three become a molecule. One C source defines `struct h2o` and exports one symbol, `h2o_plugin`:
 *
 *     #include <h2o.h>
 *
 *     struct h2o { … };
 *     static int init(struct h2o *h2o) { … }
 *     static uint64_t hydrogen(struct h2o *h2o) { … }
 *     static uint64_t oxygen(struct h2o *h2o) { … }
 *
 *     const struct h2o_plugin h2o_plugin = {
 *         .abi = H2O_PLUGIN_ABI, .size = sizeof(struct h2o),
 *         .init = init, .hydrogen = hydrogen, .oxygen = oxygen,
 *     };
 *
 * The storage of an h2o is the grader's: `size` bytes, aligned to 64, filled with garbage before init(), at the same
 * address until destroy(). There may be several at the same time; after destroy(), the same storage may be given to
 * init() again. */
#ifndef H2O_H
#define H2O_H

#include <stddef.h>
#include <stdint.h>

#define H2O_PLUGIN_ABI 1u

struct h2o; /* the student's */

struct h2o_plugin {
	/* H2O_PLUGIN_ABI. */
	uint32_t abi;

	/* sizeof(struct h2o), in bytes: at least 1. */
	size_t size;

	/* Makes an h2o at which no atom waits. Returns 0, or an errno value if it cannot. What it allocates belongs
	 * to the plugin, until destroy(). [called by one thread, before all others; must not block] */
	int (*init)(struct h2o *h2o);

	/* A hydrogen comes. Returns the number of the molecule that it has become a part of, with another hydrogen and
	 * an oxygen: their three calls return the same number, and no other call does. It waits while there is no such
	 * molecule for it, and only then. What each of the three wrote before is visible to the two others.
	 * [any thread, concurrently; may block] */
	uint64_t (*hydrogen)(struct h2o *h2o);

	/* An oxygen comes. Likewise, with two hydrogens. [any thread, concurrently; may block] */
	uint64_t (*oxygen)(struct h2o *h2o);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct h2o *h2o);
};

/* The one symbol that a plugin exports. (A workload, which reaches it by the trial, does without the declaration.) */
#ifndef SYNCGRADE_WORKLOAD_H
#if defined(__cplusplus)
extern "C"
#else
extern
#endif
    __attribute__((visibility("default"))) const struct h2o_plugin h2o_plugin;
#endif

#endif
