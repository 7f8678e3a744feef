/* A worker under gdb, on the user's own terminal: for replaying one schedule. */
#ifndef DEBUGGER_H
#define DEBUGGER_H

#include "launch.h"

/* How a worker is debugged. */
struct run_debugger {
	const char *script;  /* gdb commands that start the program and lead to the schedule's begin */
	const char *sources; /* folder in which gdb looks for source files; NULL: none */
};

/* Starts gdb with `program` in it, which finds the wire and the board at its descriptors. Nothing is confined: this is
 * for one's own code. The terminal's signals go to gdb alone until debugger_wait(). The caller owns the child, as with
 * launch_start(). Returns 0 or -errno: -ENOENT where there is no gdb. */
int debugger_start(const struct run_debugger *debugger, const char *program, int wire_fd, int board_fd,
		   struct child *child);

/* Waits until the user has left gdb, and gives the terminal's signals back. */
void debugger_wait(const struct child *child);

#endif
