/* What happens between fork and exec. */
#ifndef SANDBOX_CHILD_H
#define SANDBOX_CHILD_H

#include "parts.h"

enum stage {
	STAGE_FORK,
	STAGE_PARENT,
	STAGE_NAMESPACES,
	STAGE_USERS,
	STAGE_SESSION,
	STAGE_PERSONALITY,
	STAGE_CGROUP,
	STAGE_LIMITS,
	STAGE_FILES,
	STAGE_ROOT,
	STAGE_IDENTITY,
	STAGE_PRIVILEGES,
	STAGE_LANDLOCK,
	STAGE_FILTER,
	STAGE_FOLDER,
	STAGE_EXEC,
	STAGE_STARTED /* no failure: the processes of a namespace */
};

const char *stage_name(enum stage stage);

/* What the children tell before exec closes the pipe: one write each, less than PIPE_BUF. */
struct start_message {
	enum stage stage;
	int error;
	pid_t init, pid; /* STAGE_STARTED */
};

/* What a child needs to know. */
struct start {
	const struct launch *launch;
	struct identity identity;
	int report_fd;   /* where struct start_message goes */
	int lifeline_fd; /* the end to read from; -1: no namespaces */
	int procs_fd[CGROUP_FOLDERS_MAX];
	pid_t parent;
	bool rehearsal; /* ends where it would exec */
};

/* In a child: becomes the program, or tells why not, and ends. */
_Noreturn void child_become(const struct start *start);

/* In a child: makes a process namespace with an init in it, and then the program's process; tells both, and ends. They
 * are children of the grader, not of this process: it waits for them itself. */
_Noreturn void child_found_namespace(const struct start *start);

#endif
