/* The grader's side of the wire: the input is cut into packets (a length of two bytes before each), which arrive like a
 * worker's. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "evidence.h"
#include "frames.h"
#include "input.h"
#include "saying.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a worker says is put into words, whatever bytes it is; and what is read of it is what is written of it. */
static void tell(const char *said)
{
	struct saying saying;
	char *words = said_text(said), *written;
	saying_read(&saying, said);
	written = saying_written(&saying);
	char *again = said_text(written);
	if (strcmp(words, again) != 0)
		abort();
	saying_free(&saying);
	free(words);
	free(written);
	free(again);
	said_what(said);
}

static void take(struct evidence *evidence, const union frame *frame)
{
	switch (frame->header.type) {
	case FRAME_REPORT:
		evidence_add_report(evidence, &frame->report);
		break;
	case FRAME_FAILURE:
		tell(frame->failure.message);
		evidence_add_failure(evidence, (enum workload_property)frame->failure.property, frame->failure.self,
				     frame->failure.message, true);
		break;
	case FRAME_EXPLORE_PROPERTY:
		tell(frame->explore_property.message);
		evidence_add_explored(evidence, &frame->explore_property);
		break;
	case FRAME_EXPLORE_STEPS:
		for (uint32_t i = 0; i < frame->explore_steps.n; i++)
			tell(frame->explore_steps.step[i].note);
		evidence_add_steps(evidence, &frame->explore_steps);
		break;
	case FRAME_LOAD_FAILED:
	case FRAME_TROUBLE:
		if (strlen(frame->text.text) >= sizeof(frame->text.text))
			abort();
		tell(frame->text.text);
		break;
	default:
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int wire[2] = { -1, -1 };
	struct evidence evidence = { 0 };
	if (wire[0] < 0 && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, wire) < 0)
		abort();
	while (size >= 2) {
		union frame frame;
		size_t length = data[0] | (size_t)data[1] << 8;
		data += 2;
		size -= 2;
		if (length > size)
			length = size;
		if (length > 0 && send(wire[1], data, length, 0) == (ssize_t)length &&
		    frame_receive(wire[0], &frame) == 0)
			take(&evidence, &frame);
		data += length;
		size -= length;
	}
	evidence_free(&evidence);
	return 0;
}
