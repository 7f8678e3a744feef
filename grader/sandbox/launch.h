/* Starts a process that may run strangers' code: a worker, a referee, the compiler. The child dies with the grader,
 * cannot gain privileges, and has limits; it shares with the grader only the descriptors that it is given. */
#ifndef LAUNCH_H
#define LAUNCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct launch_limits {
	uint32_t cpu_ms;   /* processor time, rounded up to seconds; 0: no limit */
	uint32_t file_kib; /* largest file that it may write; pipes do not count */
	uint32_t files;    /* open descriptors; 0: the system's own limit */
	bool no_processes; /* reserved for the system-call filter */
};

struct launch {
	const char *path;        /* the program: absolute */
	const char *const *argv; /* NULL-terminated */
	const char *const *envp; /* NULL-terminated: the whole environment */
	const char *folder;      /* working directory; NULL: "/" */
	int output_fd;           /* becomes 1 and 2; -1: /dev/null */
	int wire_fd;             /* becomes 3; -1: none */
	int board_fd;            /* becomes 4; -1: none */
	bool fixed_addresses;    /* no address space randomization: ThreadSanitizer's start needs it */
	struct launch_limits limits;
};

struct child {
	pid_t pid;
	int pidfd; /* readable when the child has ended */
};

/* How a child ended. */
struct child_end {
	bool signaled;
	int code; /* exit status, or the signal */
	uint64_t cpu_ms;
	uint64_t max_rss_kib;
};

/* Starts the program. Returns 0, or -errno; then *stage names what failed ("exec", "personality", …). The caller keeps
 * its own ends of the descriptors and owns the child: it must call launch_reap(). */
int launch_start(const struct launch *launch, struct child *child, const char **stage);

/* Kills the child's whole process group. */
void launch_kill(const struct child *child);

/* Waits for the child's end, closes its descriptor. Blocks: kill first, or know that it is over. */
struct child_end launch_reap(struct child *child);

#endif
