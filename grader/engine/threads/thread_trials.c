#include "thread_trials.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "clock.h"
#include "crash.h"
#include "frames.h"
#include "place.h"
#include "processes.h"
#include "said.h"
#include "services.h"

enum {
	GARBAGE = 0xa5,
	CANARY = 0xc3,
	CANARY_BEFORE = 64, /* bytes in front of an object */
	STACK_BYTES = 1024 * 1024,
};

static _Thread_local uint32_t self_number = UINT32_MAX;

uint32_t threads_self(void)
{
	return self_number;
}

uint32_t threads_number(const struct engine_job *job, int os_tid)
{
	for (uint32_t i = 0; i <= job->request->threads; i++) {
		if (atomic_load_explicit(&job->board->thread[i].os_tid, memory_order_relaxed) == os_tid)
			return i;
	}
	return UINT32_MAX;
}

static void set_phase(struct engine_job *job, enum board_phase phase)
{
	atomic_store_explicit(&job->board->phase, (uint32_t)phase, memory_order_relaxed);
}

/* ---- storage ---- */

static size_t canary_after(const struct engine_job *job)
{
	return (64 - job->object_size % 64) % 64;
}

/* Bytes between the object and the begin of its first page, which a canary can fill. */
static size_t canary_before(const unsigned char *object)
{
	size_t room = (uintptr_t)object % BOARD_PAGE;
	return room < CANARY_BEFORE ? room : CANARY_BEFORE;
}

/* Makes all pages around the objects inaccessible. */
static int guard_objects(const struct engine_job *job)
{
	for (unsigned i = 0; i < TRIAL_OBJECTS_MAX; i++) {
		unsigned char *area = (unsigned char *)job->board + BOARD_OBJECTS + (size_t)i * BOARD_OBJECT_STRIDE;
		unsigned char *object = object_storage(job, i);
		size_t before = (size_t)(object - area) / BOARD_PAGE * BOARD_PAGE;
		if (mprotect(area, before, PROT_NONE) < 0 ||
		    mprotect(area + BOARD_OBJECT_STRIDE - BOARD_PAGE, BOARD_PAGE, PROT_NONE) < 0)
			return -errno;
	}
	return 0;
}

static void fill_objects(const struct engine_job *job)
{
	for (unsigned i = 0; i < job->workload->objects; i++) {
		unsigned char *object = object_storage(job, i);
		size_t before = canary_before(object);
		memset(object - before, CANARY, before);
		memset(object, GARBAGE, job->object_size);
		memset(object + job->object_size, CANARY, canary_after(job));
	}
}

static bool all_canary(const unsigned char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] != CANARY)
			return false;
	}
	return true;
}

static void check_objects(struct threads_trial *trial)
{
	const struct engine_job *job = trial->job;
	for (unsigned i = 0; i < job->workload->objects; i++) {
		const unsigned char *object = object_storage(job, i);
		size_t before = canary_before(object);
		if (!all_canary(object + job->object_size, canary_after(job)))
			threads_services.fail(&trial->trial, trial->trial.threads, PROPERTY_MEMORY_SAFETY,
					      said_only(SAID_THE_PLUGIN_WROTE_BEYOND_THE));
		if (!all_canary(object - before, before))
			threads_services.fail(&trial->trial, trial->trial.threads, PROPERTY_MEMORY_SAFETY,
					      said_only(SAID_THE_PLUGIN_WROTE_BEFORE_THE));
	}
}

/* ---- one trial ---- */

struct starter {
	struct threads_trial *trial;
	uint32_t self;
	_Atomic uint32_t *waiting; /* threads that are not yet here: all begin together */
};

void threads_register(struct engine_job *job, uint32_t self)
{
	self_number = self;
	atomic_store_explicit(&job->board->thread[self].os_tid, (int)syscall(SYS_gettid), memory_order_relaxed);
}

static void *thread_main(void *argument)
{
	struct starter *starter = argument;
	struct threads_trial *trial = starter->trial;
	void *signal_stack = crash_thread_begin();
	threads_register(trial->job, starter->self);
	atomic_fetch_sub_explicit(starter->waiting, 1, memory_order_relaxed);
	while (atomic_load_explicit(starter->waiting, memory_order_relaxed) != 0)
		sched_yield();
	trial->job->workload->thread(&trial->trial, starter->self);
	atomic_store_explicit(&trial->job->board->thread[starter->self].finished, 1, memory_order_relaxed);
	crash_thread_end(signal_stack);
	return NULL;
}

static int run_threads(struct threads_trial *trial)
{
	uint32_t threads = trial->trial.threads, started = 0;
	pthread_t id[BOARD_THREADS_MAX];
	struct starter starter[BOARD_THREADS_MAX];
	_Atomic uint32_t waiting = threads;
	pthread_attr_t attributes;
	int r = -pthread_attr_init(&attributes);
	if (r < 0)
		return r;
	r = -pthread_attr_setstacksize(&attributes, STACK_BYTES);
	for (; r == 0 && started < threads; started++) {
		starter[started] = (struct starter){ .trial = trial, .self = started, .waiting = &waiting };
		r = -pthread_create(&id[started], &attributes, thread_main, &starter[started]);
		if (r < 0)
			break;
	}
	/* Threads that did start wait for ever for the others: the worker ends with TROUBLE. */
	for (uint32_t i = 0; r == 0 && i < threads; i++)
		r = -pthread_join(id[i], NULL);
	pthread_attr_destroy(&attributes);
	return r;
}

static void clear_board(struct engine_job *job, size_t data_size)
{
	struct board *board = job->board;
	memset(board->gate, 0, sizeof(board->gate));
	memset(board->thread, 0, sizeof(board->thread));
	atomic_store(&board->stop, 0);
	atomic_store(&board->gave_up, 0);
	memset((unsigned char *)board + BOARD_DATA, 0, data_size);
}

static int run_trial(struct engine_job *job, uint64_t seed)
{
	const struct frame_run *request = job->request;
	struct threads_trial trial = {
		.trial = { .abi = WORKLOAD_ABI,
			   .threads = request->threads,
			   .rounds = request->rounds,
			   .seed = seed,
			   .plugin = job->plugin,
			   .data = (unsigned char *)job->board + BOARD_DATA,
			   .services = &threads_services },
		.job = job,
	};
	clear_board(job, job->workload->data_size(request->threads, request->rounds));
	threads_register(job, request->threads);
	fill_objects(job);
	set_phase(job, PHASE_SETUP);
	job->workload->setup(&trial.trial);
	set_phase(job, PHASE_THREADS);
	int r = (job->workload->flags & WORKLOAD_PROCESSES) != 0 ? processes_run(&trial) : run_threads(&trial);
	if (r < 0)
		return r;
	set_phase(job, PHASE_FINISH);
	if (job->workload->finish != NULL)
		job->workload->finish(&trial.trial);
	check_objects(&trial);
	set_phase(job, PHASE_IDLE);
	return frame_send_plain(job->wire_fd, FRAME_TRIAL_DONE, seed);
}

int threads_run(struct engine_job *job)
{
	int r = guard_objects(job);
	while (r == 0) {
		union frame frame;
		r = frame_receive(job->wire_fd, &frame);
		if (r < 0)
			break;
		if (frame.header.type == FRAME_STOP)
			return frame_send_plain(job->wire_fd, FRAME_DONE, 0);
		r = frame.header.type == FRAME_TRIAL ? run_trial(job, frame.trial.seed) : -EPROTO;
	}
	return r;
}
