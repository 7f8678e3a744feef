/* SPDX-License-Identifier: MIT
 *
 * syncgrade/monitor.h - what a monitor exports to be graded
 *
 * A submission defines `struct monitor` as it likes and exports one constant, `monitor_plugin`. See
 * <syncgrade/lock.h> for the shape of a submission and how to build it.
 *
 * A monitor is a lock (enter, exit) with MONITOR_CONDITIONS condition variables, numbered from 0. Its
 * `signaling` discipline says what signal() promises to the waiter that it wakes:
 *
 *   MONITOR_MESA   (Lampson and Redell 1980) signal wakes at least one waiter of that condition, which enters again
 *                  in competition with everyone else. It may wake more than one, and wait may return without a
 *                  signal: the users of a Mesa monitor re-check their condition in a loop.
 *   MONITOR_HOARE  (Hoare 1974) signal hands the monitor to one waiter of that condition, which runs at once and so
 *                  finds the condition as the signaller left it; the signaller runs again before any newcomer
 *                  enters. broadcast lets all go, one after another, and promises the condition to none of them.
 *
 * A signal with nobody waiting is not remembered, under either.
 *
 * The order of calls that a plugin may rely on:
 *   - init() returns before any other call on that object is made;
 *   - destroy() is called once, after every thread that used the object has been joined;
 *   - after destroy(), the same storage may be given to init() again;
 *   - exit, wait, signal and broadcast are called only by the thread that is inside the monitor;
 *   - a thread that is inside does not enter again.
 */
#ifndef SYNCGRADE_MONITOR_H
#define SYNCGRADE_MONITOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A plugin stores it in `abi`. */
#define MONITOR_PLUGIN_ABI 1u

/* How many conditions a monitor has; they are numbered 0 … MONITOR_CONDITIONS - 1. */
#define MONITOR_CONDITIONS 8u

/* What a plugin stores in `signaling`. */
enum monitor_signaling {
	MONITOR_MESA = 0, /* signal and continue */
	MONITOR_HOARE = 1 /* signal and urgent wait */
};

/* The monitor itself: defined by the student, `size` bytes of it. The grader owns the storage: aligned to 64 bytes,
 * filled with garbage before init(), guarded at both ends, and in memory shared between processes where the
 * workload runs processes. */
struct monitor;

struct monitor_plugin {
	/* MONITOR_PLUGIN_ABI. */
	uint32_t abi;

	/* MONITOR_MESA or MONITOR_HOARE: the discipline that this monitor promises, and is judged by. */
	uint32_t signaling;

	/* sizeof(struct monitor), in bytes: at least 1. */
	size_t size;

	/* Makes an empty monitor. Returns 0, or an errno value if it cannot. What it allocates belongs to the plugin,
	 * until destroy().
	 * [called by one thread, before all others; must not block] */
	int (*init)(struct monitor *monitor);

	/* Returns when the calling thread is inside, alone.
	 * [any thread that is not inside, concurrently; may block] */
	void (*enter)(struct monitor *monitor);

	/* Leaves. What the caller wrote before is visible to whoever enters next.
	 * [only the thread that is inside; must not wait for other threads to leave] */
	void (*exit)(struct monitor *monitor);

	/* Gives the monitor up, waits for `condition`, and is inside again when it returns. Giving up and beginning to
	 * wait are one step: no signal is lost between them.
	 * [only the thread that is inside; blocks] */
	void (*wait)(struct monitor *monitor, unsigned condition);

	/* Wakes a waiter of `condition`, if there is any. The caller is inside when it returns.
	 * [only the thread that is inside; under MONITOR_HOARE, blocks until the waiter left or waits again] */
	void (*signal)(struct monitor *monitor, unsigned condition);

	/* Wakes every waiter of `condition`. The caller is inside when it returns.
	 * [only the thread that is inside; under MONITOR_HOARE, may block] */
	void (*broadcast)(struct monitor *monitor, unsigned condition);

	/* Frees what init() or later calls have allocated. The storage itself stays the grader's. May be NULL.
	 * [called by one thread, after all others; must not block] */
	void (*destroy)(struct monitor *monitor);
};

/* The one symbol that a monitor submission exports. */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
extern const struct monitor_plugin monitor_plugin;

#ifdef __cplusplus
}
#endif

#endif
