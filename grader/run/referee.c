#include "referee.h"

#include <errno.h>
#include <string.h>

#include "clock.h"
#include "evidence.h"
#include "wire_kind.h"

enum { TICK_MS = 50, ANSWER_MS = 20000, CPU_MS = 20000, OUTPUT_KIB = 4, MEMORY_KIB = 524288, THREADS = 8 };

void referee_init(struct referee *referee, const struct run_tools *tools, bool wanted)
{
	*referee = (struct referee){ .tools = tools, .wanted = wanted };
}

/* The next frame (`workload_path` NULL: while it is loaded); an end of the referee is the workload's fault, for nothing
 * else runs in it. */
static int next_frame(struct referee *referee, const char *workload_path, union frame *frame, struct fault *fault)
{
	uint64_t begin_ms = monotonic_ms();
	for (;;) {
		switch (peer_wait(&referee->peer, TICK_MS, frame)) {
		case PEER_FRAME:
			if (frame->header.type == FRAME_TROUBLE)
				return fault_machine(fault, EIO, "a referee: %s", frame->text.text);
			if (frame->header.type == FRAME_LOAD_FAILED)
				return fault_exercise(fault, "%s", frame->text.text);
			return 0;
		case PEER_TICK:
			if (monotonic_ms() - begin_ms < ANSWER_MS)
				continue;
			return fault_exercise(fault, "the workload %s: %s does not return",
					      workload_path != NULL ? workload_path : "",
					      workload_path != NULL ? "verify()" : "data_size()");
		case PEER_ENDED:
			return workload_path == NULL
				   ? fault_exercise(fault,
						    "its process ended while it was loaded: look at constructors "
						    "and at data_size()")
				   : fault_exercise(
					 fault,
					 "the workload %s: its process ended inside verify(). It runs in another "
					 "process, on the bytes of `data` alone: pointers in them lead nowhere, and "
					 "numbers in them may be anything",
					 workload_path);
		case PEER_BAD:
			return fault_exercise(fault, "the workload %s: its process broke the protocol", workload_path);
		}
	}
}

/* *value: the frame's; NULL: nobody wants it. */
static int expect(struct referee *referee, enum frame_type type, uint64_t *value, struct fault *fault)
{
	union frame frame;
	int r = next_frame(referee, NULL, &frame, fault);
	if (r == 0 && frame.header.type != type)
		r = fault_machine(fault, EPROTO, "a referee");
	if (r == 0 && value != NULL)
		*value = frame.plain.value;
	return r;
}

static int start(struct referee *referee, const struct frame_run *run, uint64_t *loaded, struct fault *fault)
{
	struct peer_start how = {
		.sandbox = referee->tools->sandbox,
		.path = referee->tools->referee,
		.libraries = referee->tools->libraries,
		.workload_path = run->workload_path,
		.cpu_ms = CPU_MS,
		.memory_kib = MEMORY_KIB,
		.threads = THREADS,
		.output_kib = OUTPUT_KIB,
	};
	struct frame_run copy = *run;
	if (!referee->wanted)
		return 0;
	int r = peer_start(&referee->peer, &how, fault);
	referee->started = true;
	if (r == 0)
		r = expect(referee, FRAME_HELLO, NULL, fault);
	if (r < 0)
		return r;
	/* It is not to know where the plugin lies. */
	memset(copy.plugin_path, 0, sizeof(copy.plugin_path));
	peer_send(&referee->peer, &copy.header, FRAME_RUN, sizeof(copy));
	return expect(referee, FRAME_LOADED, loaded, fault);
}

int referee_start(struct referee *referee, const struct frame_run *run, struct fault *fault)
{
	return start(referee, run, NULL, fault);
}

int referee_try(const struct run_tools *tools, const struct exercise *exercise,
		const struct exercise_workload *workload, enum engine_id engine, const char *workload_path,
		uint32_t *flags, struct fault *fault)
{
	const struct run_size *size = &workload->size[engine];
	struct frame_run run = { .engine = (uint32_t)engine, .threads = size->threads, .rounds = size->rounds };
	struct referee referee;
	if (strlen(workload_path) >= sizeof(run.workload_path))
		return fault_machine(fault, ENAMETOOLONG, "%s", workload_path);
	wire_take_kind(&run, &exercise->kind);
	strncpy(run.workload_path, workload_path, sizeof(run.workload_path) - 1);
	uint64_t loaded = 0;
	referee_init(&referee, tools, true);
	int r = start(&referee, &run, &loaded, fault);
	*flags = (uint32_t)(loaded >> 32);
	referee_stop(&referee);
	return r;
}

int referee_judge(struct referee *referee, const struct board *board, size_t data_size, uint64_t seed,
		  struct evidence *evidence, struct fault *fault)
{
	struct frame_trial trial = { .seed = seed };
	const char *workload = evidence->workload->name;
	if (!referee->wanted)
		return 0;
	memcpy((unsigned char *)referee->peer.board + BOARD_DATA, (const unsigned char *)board + BOARD_DATA, data_size);
	peer_send(&referee->peer, &trial.header, FRAME_TRIAL, sizeof(trial));
	for (;;) {
		union frame frame;
		int r = next_frame(referee, workload, &frame, fault);
		if (r < 0 || frame.header.type == FRAME_TRIAL_DONE)
			return r;
		if (frame.header.type == FRAME_FAILURE && frame.failure.property < PROPERTY_COUNT)
			evidence_add_failure(evidence, (enum workload_property)frame.failure.property,
					     frame.failure.self, frame.failure.message, true);
	}
}

void referee_stop(struct referee *referee)
{
	if (!referee->started)
		return;
	struct frame_plain stop = { 0 };
	peer_send(&referee->peer, &stop.header, FRAME_STOP, sizeof(stop));
	peer_stop(&referee->peer);
	output_fini(&referee->peer.output);
	referee->started = false;
}
