/* SPDX-License-Identifier: MIT
 *
 * <rendezvous.h> - the contract for a student's rendezvous
 *
 * At a rendezvous two threads meet and exchange what they have brought: each call of exchange() is paired with one
 * other call, and returns that one's item. One C source defines `struct rendezvous` and exports one symbol,
 * `rendezvous_plugin`:
 *
 *     #include <rendezvous.h>
 *
 *     struct rendezvous { … };
 *     static int init(struct rendezvous *rendezvous) { … }
 *     static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item) { … }
 *
 *     const struct rendezvous_plugin rendezvous_plugin = {
 *         .abi = RENDEZVOUS_PLUGIN_ABI, .size = sizeof(struct rendezvous),
 *         .init = init, .exchange = exchange,
 *     };
 *
 * The storage of a rendezvous is the grader's: `size` bytes, aligned to 64, filled with garbage before init(), at the
 * same address until destroy(). There may be several at the same time; after destroy(), the same storage may be given
 * to init() again. */
#ifndef RENDEZVOUS_H
#define RENDEZVOUS_H

#include <stddef.h>
#include <stdint.h>

#define RENDEZVOUS_PLUGIN_ABI 1u

struct rendezvous; /* the student's */

struct rendezvous_plugin {
	/* RENDEZVOUS_PLUGIN_ABI. */
	uint32_t abi;

	/* sizeof(struct rendezvous), in bytes: at least 1. */
	size_t size;

	/* Makes a rendezvous at which nobody waits. Returns 0, or an errno value if it cannot. What it allocates
	 * belongs to the plugin, until destroy(). [called by one thread, before all others; must not block] */
	int (*init)(struct rendezvous *rendezvous);

	/* Meets another call, brings it `item`, any 64 bits, and returns what that one has brought. It waits while
	 * nobody else has come who has no partner yet, and only then. What the caller wrote before is visible to its
	 * partner. [any thread, concurrently; may block] */
	uint64_t (*exchange)(struct rendezvous *rendezvous, uint64_t item);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct rendezvous *rendezvous);
};

/* The one symbol that a plugin exports. (A workload, which reaches it by the trial, does without the declaration.) */
#ifndef SYNCGRADE_WORKLOAD_H
#if defined(__cplusplus)
extern "C"
#else
extern
#endif
    __attribute__((visibility("default"))) const struct rendezvous_plugin rendezvous_plugin;
#endif

#endif
