/* Starts a process that may run strangers' code: a worker, a referee, the compiler. The child dies with the grader,
 * cannot gain privileges, and has limits; it shares with the grader only the descriptors that it is given. How well it
 * is kept apart from everything else is the sandbox's level. */
#ifndef LAUNCH_H
#define LAUNCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox.h"

struct launch_limits {
	uint32_t cpu_ms;      /* processor time, rounded up to seconds; 0: no limit */
	uint32_t file_kib;    /* largest file that it may write; pipes do not count */
	uint32_t files;       /* open descriptors; 0: the system's own limit */
	uint32_t memory_kib;  /* of its control group, where it has one; 0: no limit */
	uint32_t address_kib; /* address space; 0: no limit */
	uint32_t tasks;       /* processes and threads together; 0: no limit */
};

struct launch {
	struct sandbox *sandbox; /* NULL: only the limits */
	const char *path;        /* the program: absolute */
	const char *const *argv; /* NULL-terminated */
	const char *const *envp; /* NULL-terminated: the whole environment */
	const char *folder;      /* working directory, which it may read; NULL: "/" */
	bool folder_writable;
	bool compiler;               /* sees the system's compiler, libraries and headers; otherwise only libraries */
	const char *const *readable; /* NULL-terminated: absolute paths of files and folders that it may read; may be
					NULL */
	int output_fd;               /* becomes 1 and 2; -1: /dev/null */
	int wire_fd;                 /* becomes 3; -1: none */
	int board_fd;                /* becomes 4; -1: none */
	bool fixed_addresses;        /* no address space randomization: ThreadSanitizer's start needs it */
	struct launch_limits limits;
};

/* A control group made for one child. */
struct cgroup {
	char *folder[2]; /* NULL: none */
	bool v2;
};

struct child {
	pid_t pid;
	int pidfd;       /* readable when the child has ended */
	pid_t init;      /* the first process of its process namespace; 0: it has none */
	int lifeline_fd; /* closed when the grader ends, by whatever cause; then init ends, and with it the namespace */
	struct cgroup cgroup;
};

/* How a child ended. */
struct child_end {
	bool signaled;
	int code;           /* exit status, or the signal */
	int status;         /* both, as waitpid() tells them */
	bool out_of_memory; /* the control group's limit was the end of it */
	uint64_t cpu_ms;
	uint64_t max_rss_kib;
};

/* Starts the program. Returns 0, or -errno; then *stage names what failed ("exec", "personality", …). The caller keeps
 * its own ends of the descriptors and owns the child: it must call launch_reap(). */
int launch_start(const struct launch *launch, struct child *child, const char **stage);

/* As launch_start(), but everything short of exec: whether the machine allows it. Nothing to reap. */
int launch_rehearse(const struct launch *launch, const char **stage);

/* Kills the child, its process group, and its namespace. */
void launch_kill(const struct child *child);

/* Waits for the child's end, kills what it has left behind, frees what belongs to it. Blocks: kill first, or know that
 * it is over. */
struct child_end launch_reap(struct child *child);

#endif
