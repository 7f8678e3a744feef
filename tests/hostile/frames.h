/* Frames as the worker sends them, forged. */
#ifndef HOSTILE_FRAMES_H
#define HOSTILE_FRAMES_H

#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAGIC 0x53594e47u
enum { FRAME_HELLO = 1, FRAME_LOADED, FRAME_LOAD_FAILED, FRAME_TROUBLE, FRAME_REPORT, FRAME_TRIAL_DONE, FRAME_DONE };

struct forged_header {
	uint32_t magic;
	uint16_t version, type;
	uint32_t length, reserved;
};

static inline void forge(uint16_t type, uint64_t value)
{
	struct {
		struct forged_header header;
		uint64_t value;
	} frame = { { MAGIC, 1, type, sizeof(frame), 0 }, value };
	syscall(SYS_sendto, 3, &frame, sizeof(frame), MSG_NOSIGNAL, NULL, 0);
}

static inline void forge_text(uint16_t type, uint64_t value, const char *text)
{
	struct {
		struct forged_header header;
		uint64_t value;
		char text[1024];
	} frame = { { MAGIC, 1, type, sizeof(frame), 0 }, value, "" };
	strncpy(frame.text, text, sizeof(frame.text) - 1);
	syscall(SYS_sendto, 3, &frame, sizeof(frame), MSG_NOSIGNAL, NULL, 0);
}

#endif
