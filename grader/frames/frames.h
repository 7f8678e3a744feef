/* Sends and receives the frames of model/wire.h. Both sides use it; neither trusts what it receives beyond the checks
 * that are made here: magic, version, length. */
#ifndef FRAMES_H
#define FRAMES_H

#include <stddef.h>

#include "wire.h"
#include "wire_explore.h"

/* Room for any frame. */
union frame {
	struct frame_header header;
	struct frame_plain plain;
	struct frame_text text;
	struct frame_run run;
	struct frame_trial trial;
	struct frame_report report;
	struct frame_crash crash;
	struct frame_failure failure;
	struct frame_explore_property explore_property;
	struct frame_explore_steps explore_steps;
	unsigned char bytes[WIRE_FRAME_MAX];
};

/* Fills in `header` and sends `length` bytes from it on. Returns 0, or -errno (-EPIPE: nobody listens).
 * Async-signal-safe and safe inside a sanitizer's callback: one raw system call. */
int frame_send(int fd, struct frame_header *header, enum frame_type type, size_t length);

/* Sends a frame that consists of a header and a value. */
int frame_send_plain(int fd, enum frame_type type, uint64_t value);

/* Sends a frame with a sentence, cut to what fits. */
int frame_send_text(int fd, enum frame_type type, uint64_t value, const char *text);

/* Receives one frame; blocks unless `fd` does not. Returns 0; -ENODATA at the end of the stream; -EBADMSG for a frame
 * that is not well formed; else -errno. Strings inside are NUL-terminated afterwards. */
int frame_receive(int fd, union frame *frame);

#endif
