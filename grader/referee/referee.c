/* A referee: a process that loads a workload, never a plugin, and runs verify() on the data of trials that others ran.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "frames.h"
#include "load.h"

static void note_failure(struct trial *trial, unsigned self, uint32_t property, const char *message)
{
	(void)trial;
	struct frame_failure frame = { .property = property, .self = self };
	strncpy(frame.message, message, sizeof(frame.message) - 1);
	frame_send(WIRE_FD, &frame.header, FRAME_FAILURE, sizeof(frame));
}

static const struct trial_services services = { .fail = note_failure };

static _Noreturn void trouble(int error, const char *what)
{
	char text[256];
	snprintf(text, sizeof(text), "%s: %s", what, strerror(error));
	frame_send_text(WIRE_FD, FRAME_TROUBLE, (uint64_t)error, text);
	_exit(2);
}

static void judge_trial(const struct engine_job *job, uint64_t seed)
{
	struct trial trial = {
		.abi = WORKLOAD_ABI,
		.threads = job->request->threads,
		.rounds = job->request->rounds,
		.seed = seed,
		.data = (unsigned char *)job->board + BOARD_DATA,
		.services = &services,
	};
	if (job->workload->verify != NULL)
		job->workload->verify(&trial);
	frame_send_plain(WIRE_FD, FRAME_TRIAL_DONE, seed);
}

int main(void)
{
	static union frame request;
	struct engine_job job = { .request = &request.run, .wire_fd = WIRE_FD };
	struct load_failure failure = { .workload = true };
	int r = frame_send_plain(WIRE_FD, FRAME_HELLO, 0);
	if (r == 0)
		r = frame_receive(WIRE_FD, &request);
	if (r < 0 || request.header.type != FRAME_RUN) {
		fprintf(stderr, "syncgrade-referee: started by the grader only\n");
		return 2;
	}
	job.board = mmap(NULL, BOARD_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, BOARD_FD, 0);
	if (job.board == MAP_FAILED)
		trouble(errno, "mapping the board");
	if (load_workload(&job, &failure) < 0) {
		frame_send_text(WIRE_FD, FRAME_LOAD_FAILED, 1, failure.text);
		return 0;
	}
	frame_send_plain(WIRE_FD, FRAME_LOADED,
			 job.workload->data_size(request.run.threads, request.run.rounds) |
			     (uint64_t)job.workload->flags << 32);
	for (;;) {
		union frame frame;
		r = frame_receive(WIRE_FD, &frame);
		if (r < 0)
			return 0; /* the grader has gone */
		if (frame.header.type == FRAME_STOP)
			break;
		if (frame.header.type != FRAME_TRIAL)
			trouble(EPROTO, "the grader's frame");
		judge_trial(&job, frame.trial.seed);
	}
	frame_send_plain(WIRE_FD, FRAME_DONE, 0);
	return 0;
}
