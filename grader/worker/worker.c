/* A worker: loads a plugin and a workload, runs them under one engine, and says what it saw. Started by the grader
 * only, with the descriptors of wire.h. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "confine.h"
#include "crash.h"
#include "flavour.h"
#include "frames.h"
#include "load.h"

static const struct engine *find_engine(uint32_t id)
{
	for (const struct engine *const *engine = flavour_engines; *engine != NULL; engine++) {
		if ((uint32_t)(*engine)->id == id)
			return *engine;
	}
	return NULL;
}

static _Noreturn void trouble(int error, const char *what)
{
	char text[256];
	snprintf(text, sizeof(text), "%s: %s", what, strerror(error));
	frame_send_text(WIRE_FD, FRAME_TROUBLE, (uint64_t)error, text);
	_exit(2);
}

/* By itself: the grader may lack the privilege to do it for another user's process. */
static void limit(__rlimit_resource_t resource, uint64_t kib)
{
	struct rlimit limit = { .rlim_cur = kib * 1024, .rlim_max = kib * 1024 };
	if (setrlimit(resource, &limit) < 0)
		trouble(errno, "setrlimit");
}

static _Noreturn void refuse(const struct load_failure *failure)
{
	frame_send_text(WIRE_FD, FRAME_LOAD_FAILED, failure->workload, failure->text);
	_exit(0);
}

/* What the grader wants to know stands in memory that a plain store does not change: the plugin is in the same process. */
static const struct frame_run *keep_request(const struct frame_run *request)
{
	size_t size = (sizeof(*request) + 4095) & ~(size_t)4095;
	void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		trouble(errno, "memory for the grader's request");
	memcpy(page, request, sizeof(*request));
	if (mprotect(page, size, PROT_READ) < 0)
		trouble(errno, "protecting the grader's request");
	return page;
}

static void load(struct engine_job *job)
{
	struct load_failure failure = { .workload = true };
	atomic_store(&job->board->phase, PHASE_LOAD);
	if (load_workload(job, &failure) < 0)
		refuse(&failure);
	bool processes = job->request->engine == ENGINE_NATIVE && (job->workload->flags & WORKLOAD_PROCESSES) != 0;
	int r = job->request->confined ? confine_before_load(processes) : 0;
	if (r < 0)
		trouble(-r, "the filter of system calls");
	/* What comes after this may be the plugin's word. */
	r = frame_send_plain(WIRE_FD, FRAME_READY, 0);
	if (r < 0)
		trouble(-r, "the wire");
	if (load_plugin(job, &failure) < 0)
		refuse(&failure);
	r = job->request->confined ? confine_after_load() : 0;
	if (r < 0)
		trouble(-r, "the second filter of system calls");
	atomic_store(&job->board->phase, PHASE_IDLE);
}

static void *return_at_once(void *argument)
{
	return argument;
}

/* ThreadSanitizer starts a thread of its own with a program's first: have it here before the grader counts them
 * (run/watch.h). */
static int start_runtime_threads(void)
{
	pthread_t thread;
	int r = -pthread_create(&thread, NULL, return_at_once, NULL);
	return r == 0 ? -pthread_join(thread, NULL) : r;
}

int main(void)
{
	static union frame request;
	static struct engine_job job;
	/* A plugin that prints and crashes shall not lose what it printed. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	int r = start_runtime_threads();
	if (r == 0)
		r = frame_send_plain(WIRE_FD, FRAME_HELLO, 0);
	if (r == 0)
		r = frame_receive(WIRE_FD, &request);
	if (r < 0) {
		fprintf(stderr, "syncgrade-worker: started by the grader only\n");
		return 2;
	}
	if (request.header.type != FRAME_RUN)
		trouble(EPROTO, "the grader's first frame");
	const struct engine *engine = find_engine(request.run.engine);
	if (engine == NULL || request.run.threads < 1 || request.run.threads >= BOARD_THREADS_MAX)
		trouble(EINVAL, "the grader's request");
	job = (struct engine_job){
		.request = keep_request(&request.run),
		.wire_fd = WIRE_FD,
		.begin_process = request.run.confined ? confine_process : NULL,
	};
	job.board = mmap(NULL, BOARD_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, BOARD_FD, 0);
	if (job.board == MAP_FAILED)
		trouble(errno, "mapping the board");
	close(BOARD_FD);
	limit(RLIMIT_DATA, request.run.data_kib);
	limit(RLIMIT_FSIZE, request.run.file_kib);
	r = crash_watch(&job);
	if (r < 0)
		trouble(-r, "watching signals");
	load(&job);
	size_t data_size = job.workload->data_size(request.run.threads, request.run.rounds);
	r = frame_send_plain(WIRE_FD, FRAME_LOADED, data_size);
	if (r == 0)
		r = engine->run(&job);
	if (r < 0)
		trouble(-r, engine->name);
	/* Not exit(): the plugin's destructors have no business here any more. */
	fflush(NULL);
	_exit(0);
}
