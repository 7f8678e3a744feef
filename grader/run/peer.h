/* A worker or a referee as the grader holds it: process, socket, board, output. */
#ifndef PEER_H
#define PEER_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "board.h"
#include "fault.h"
#include "frames.h"
#include "launch.h"
#include "output.h"

struct peer {
	struct child child;
	int wire_fd, output_fd, board_fd;
	struct board *board;
	struct output output;
};

struct run_debugger;

struct peer_start {
	struct sandbox *sandbox;             /* NULL: none */
	const struct run_debugger *debugger; /* NULL: none; otherwise under gdb, with neither sandbox nor limits */
	const char *path;
	const char *folder;
	const char *libraries; /* folder of our own ones */
	const char *workload_path;
	bool fixed_addresses;
	uint32_t cpu_ms;
	uint32_t memory_kib; /* of the process as a whole, where it has a control group; 0: no limit */
	uint32_t threads;    /* 0: no limit */
	uint32_t output_kib;
};

/* What peer_wait() saw. */
enum peer_event {
	PEER_FRAME, /* a frame has come */
	PEER_TICK,  /* none within the time */
	PEER_ENDED, /* the process has ended, and all its frames have been read */
	PEER_BAD    /* something came that is no frame */
};

enum { PEER_FDS = 3 };
/* The descriptors at which something may come, for poll(). */
void peer_watched(const struct peer *peer, struct pollfd fds[PEER_FDS]);

/* Starts a process with a fresh board. Returns 0, or a negative errno value and a machine's fault. peer_stop() always.
 */
int peer_start(struct peer *peer, const struct peer_start *start, struct fault *fault);

/* Waits for a frame, for at most wait_ms, and takes what is printed meanwhile. */
enum peer_event peer_wait(struct peer *peer, int wait_ms, union frame *frame);

/* Sends a frame; one that nobody reads any more is not an error: peer_wait() will tell. */
void peer_send(struct peer *peer, struct frame_header *header, enum frame_type type, size_t length);

/* Ends the process, by force where it has not ended, and frees all but `output` (output_fini()). Returns how it ended;
 * zero if it never started. */
struct child_end peer_stop(struct peer *peer);

#endif
