/* What keeps a stranger's process apart from the machine: namespaces, a file system of its own, Landlock, a filter of
 * system calls, another user, a control group. What of it a machine allows is probed once, and has a name: the level.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

/* From the weakest to the strongest; each has what the ones before it have. */
enum sandbox_level {
	SANDBOX_MINIMAL,       /* limits, no new privileges, what else there is */
	SANDBOX_NO_NAMESPACES, /* Landlock and the filter of system calls */
	SANDBOX_NO_CGROUP,     /* namespaces: its own processes, network, files */
	SANDBOX_STRICT,        /* and a control group for memory and threads */
	SANDBOX_LEVEL_COUNT
};

struct sandbox;

/* Probes what the machine allows, by doing it, and uses no more than `at_most`. Takes some milliseconds; starts and
 * ends processes. Never fails: a machine that allows nothing gives SANDBOX_MINIMAL. The caller owns it. Any thread may
 * start processes with it. */
struct sandbox *sandbox_create(enum sandbox_level at_most);
void sandbox_destroy(struct sandbox *sandbox);

/* Whether processes that it starts can come to `path`: without namespaces they are another user than root, for whom
 * folders on the way may be closed. */
bool sandbox_reaches(const struct sandbox *sandbox, const char *path);

enum sandbox_level sandbox_level(const struct sandbox *sandbox);

/* Whether system calls can be filtered, also by the process itself. */
bool sandbox_filters(const struct sandbox *sandbox);

/* What keeps it from being strict, one reason a line; "" if nothing does. Owned by the sandbox. */
const char *sandbox_missing(const struct sandbox *sandbox);

/* "strict", "no-cgroup", "no-namespaces", "minimal". */
const char *sandbox_level_name(enum sandbox_level level);
bool sandbox_level_from_name(const char *name, enum sandbox_level *level);

/* What a stranger's code can do at this level that it could not at the next stronger one, in a sentence; "" for
 * SANDBOX_STRICT. */
const char *sandbox_level_gap(enum sandbox_level level);

#endif
