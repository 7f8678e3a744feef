#include "frames.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int frame_send(int fd, struct frame_header *header, enum frame_type type, size_t length)
{
	*header = (struct frame_header){
		.magic = WIRE_MAGIC,
		.version = WIRE_VERSION,
		.type = (uint16_t)type,
		.length = (uint32_t)length,
	};
	long sent;
	/* Not send(): a sanitizer intercepts that, and this is called from its reports. */
	do
		sent = syscall(SYS_sendto, fd, header, length, MSG_NOSIGNAL, NULL, 0);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

int frame_send_plain(int fd, enum frame_type type, uint64_t value)
{
	struct frame_plain frame = { .value = value };
	return frame_send(fd, &frame.header, type, sizeof(frame));
}

int frame_send_text(int fd, enum frame_type type, uint64_t value, const char *text)
{
	struct frame_text frame = { .value = value };
	strncpy(frame.text, text, sizeof(frame.text) - 1);
	return frame_send(fd, &frame.header, type, sizeof(frame));
}

/* The least length that a frame of this type has; 0: there is no such type. */
static size_t least_length(unsigned type)
{
	switch (type) {
	case FRAME_HELLO:
	case FRAME_READY:
	case FRAME_LOADED:
	case FRAME_TRIAL_DONE:
	case FRAME_INIT_FAILED:
	case FRAME_DONE:
	case FRAME_STOP:
		return sizeof(struct frame_plain);
	case FRAME_LOAD_FAILED:
	case FRAME_TROUBLE:
		return sizeof(struct frame_text);
	case FRAME_REPORT:
		return sizeof(struct frame_report);
	case FRAME_CRASH:
		return sizeof(struct frame_crash);
	case FRAME_FAILURE:
		return sizeof(struct frame_failure);
	case FRAME_RUN:
		return sizeof(struct frame_run);
	case FRAME_TRIAL:
		return sizeof(struct frame_trial);
	case FRAME_EXPLORE_PROPERTY:
		return offsetof(struct frame_explore_property, schedule);
	case FRAME_EXPLORE_STEPS:
		return offsetof(struct frame_explore_steps, step);
	default:
		return 0;
	}
}

#define TERMINATE(array) ((array)[sizeof(array) - 1] = '\0')

/* Whether all the steps that the frame says it has came with it. */
static bool steps_fit(const struct frame_explore_steps *steps, size_t length)
{
	return steps->n <= EXPLORE_STEPS_MAX &&
	       length >= offsetof(struct frame_explore_steps, step) + steps->n * sizeof(struct explore_step);
}

static void terminate_strings(union frame *frame)
{
	switch (frame->header.type) {
	case FRAME_LOAD_FAILED:
	case FRAME_TROUBLE:
		TERMINATE(frame->text.text);
		break;
	case FRAME_REPORT:
		TERMINATE(frame->report.kind);
		break;
	case FRAME_FAILURE:
		TERMINATE(frame->failure.message);
		break;
	case FRAME_EXPLORE_PROPERTY:
		/* Of the schedule only so much comes as there is. */
		if (frame->header.length < sizeof(frame->explore_property))
			memset((char *)frame + frame->header.length, 0,
			       sizeof(frame->explore_property) - frame->header.length);
		TERMINATE(frame->explore_property.message);
		TERMINATE(frame->explore_property.schedule);
		break;
	case FRAME_EXPLORE_STEPS:
		for (uint32_t i = 0; i < frame->explore_steps.n && i < EXPLORE_STEPS_MAX; i++)
			TERMINATE(frame->explore_steps.step[i].note);
		break;
	case FRAME_RUN:
		TERMINATE(frame->run.kind);
		TERMINATE(frame->run.plugin_path);
		TERMINATE(frame->run.workload_path);
		TERMINATE(frame->run.schedule);
		break;
	default:
		break;
	}
}

int frame_receive(int fd, union frame *frame)
{
	ssize_t length;
	/* ECONNRESET is told once, when the other end has gone without reading all that we sent; what it sent before is
	 * still there. */
	do
		length = recv(fd, frame, sizeof(*frame), 0);
	while (length < 0 && (errno == EINTR || errno == ECONNRESET));
	if (length < 0)
		return -errno;
	if (length == 0)
		return -ENODATA;
	const struct frame_header *header = &frame->header;
	if ((size_t)length < sizeof(*header) || header->magic != WIRE_MAGIC || header->version != WIRE_VERSION ||
	    header->length != (size_t)length)
		return -EBADMSG;
	if (least_length(header->type) == 0 || (size_t)length < least_length(header->type))
		return -EBADMSG;
	if (header->type == FRAME_EXPLORE_STEPS && !steps_fit(&frame->explore_steps, (size_t)length))
		return -EBADMSG;
	terminate_strings(frame);
	return 0;
}
