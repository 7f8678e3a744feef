/* The tsan engine: real threads under the compiler's own ThreadSanitizer, whose reports are taken through its debugging
 * interface, unsymbolized: the grader has better names for places than it could print. */
#include <stdbool.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "engine.h"
#include "frames.h"
#include "place.h"
#include "thread_trials.h"

#define EXPORTED __attribute__((visibility("default"), used))

enum { REPORTS_MAX = 32 };

/* ThreadSanitizer calls back without an argument of ours. Set before the plugin is run. */
static const struct engine_job *reported_job;
static unsigned n_reports;

/* libtsan's debugging interface (compiler-rt, tsan_debugging.cpp): stable since 2016, in no public header. */
int __tsan_get_report_data(void *report, const char **description, int *count, int *stack_count, int *mop_count,
			   int *loc_count, int *mutex_count, int *thread_count, int *unique_tid_count,
			   void **sleep_trace, unsigned long trace_size);
int __tsan_get_report_mop(void *report, unsigned long index, int *tid, void **address, int *size, int *write,
			  int *atomic, void **trace, unsigned long trace_size);
int __tsan_get_report_stack(void *report, unsigned long index, void **trace, unsigned long trace_size);
int __tsan_get_report_thread(void *report, unsigned long index, int *tid, pid_t *os_id, int *running, const char **name,
			     int *parent_tid, void **trace, unsigned long trace_size);
void __sanitizer_set_report_fd(void *fd);
EXPORTED const char *__tsan_default_options(void);
EXPORTED void __tsan_on_report(void *report);

const char *__tsan_default_options(void)
{
	/* handle_*: our own handlers tell where; exitcode: a report is not how the worker ends. */
	return "symbolize=0:exitcode=0:halt_on_error=0:handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigill=0:"
	       "handle_sigfpe=0:handle_sigtrap=0:report_signal_unsafe=0:report_thread_leaks=0:die_after_fork=1:"
	       "history_size=4:detect_deadlocks=1:second_deadlock_stack=1:allocator_may_return_null=1:"
	       "atexit_sleep_ms=0:suppress_equal_stacks=1:suppress_equal_addresses=0:flush_memory_ms=0";
}

/* ThreadSanitizer's trace holds return addresses, in which the call has already been stepped back over. */
static void copy_stack(struct wire_access *access, void *const *trace, size_t length)
{
	for (size_t i = 0; i < length && trace[i] != NULL; i++)
		access->stack[access->n_stack++] = place_of(reported_job, (uintptr_t)trace[i]);
}

static uint32_t thread_of(void *report, int thread_count, int tid)
{
	for (int i = 0; i < thread_count; i++) {
		int found, running, parent;
		pid_t os_id;
		const char *name;
		void *trace[1] = { NULL };
		if (__tsan_get_report_thread(report, (unsigned long)i, &found, &os_id, &running, &name, &parent, trace,
					     1) &&
		    found == tid)
			return tid == 0 ? reported_job->request->threads : threads_number(reported_job, os_id);
	}
	return UINT32_MAX;
}

static void add_access(struct frame_report *frame, void *report, int index, int thread_count)
{
	struct wire_access *access = &frame->access[frame->n_accesses];
	void *trace[REPORT_STACK_MAX] = { NULL }, *address = NULL;
	int tid = -1, size = 0, write = 0, atomic = 0;
	if (!__tsan_get_report_mop(report, (unsigned long)index, &tid, &address, &size, &write, &atomic, trace,
				   REPORT_STACK_MAX))
		return;
	frame->n_accesses++;
	access->thread = thread_of(report, thread_count, tid);
	access->size = (uint16_t)size;
	access->write = (uint8_t)(write != 0);
	access->atomic = (uint8_t)(atomic != 0);
	access->address = place_of(reported_job, (uintptr_t)address);
	copy_stack(access, trace, REPORT_STACK_MAX);
}

/* A report without memory accesses (lock-order inversion, misuse of a mutex): its stacks stand for them. */
static void add_stack(struct frame_report *frame, void *report, int index)
{
	struct wire_access *access = &frame->access[frame->n_accesses];
	void *trace[REPORT_STACK_MAX] = { NULL };
	if (!__tsan_get_report_stack(report, (unsigned long)index, trace, REPORT_STACK_MAX))
		return;
	frame->n_accesses++;
	access->thread = UINT32_MAX;
	copy_stack(access, trace, REPORT_STACK_MAX);
}

void __tsan_on_report(void *report)
{
	const char *description = "";
	int count, stacks = 0, mops = 0, locations, mutexes, threads = 0, tids;
	void *sleep_trace[1] = { NULL };
	if (reported_job == NULL || n_reports >= REPORTS_MAX)
		return;
	n_reports++;
	__tsan_get_report_data(report, &description, &count, &stacks, &mops, &locations, &mutexes, &threads, &tids,
			       sleep_trace, 1);
	struct frame_report frame = { .n_accesses = 0 };
	strncpy(frame.kind, description, sizeof(frame.kind) - 1);
	for (int i = 0; i < mops && frame.n_accesses < REPORT_ACCESSES_MAX; i++)
		add_access(&frame, report, i, threads);
	for (int i = 0; mops == 0 && i < stacks && frame.n_accesses < REPORT_ACCESSES_MAX; i++)
		add_stack(&frame, report, i);
	frame_send(reported_job->wire_fd, &frame.header, FRAME_REPORT, sizeof(frame));
}

static int tsan_run(struct engine_job *job)
{
	/* Standard input is /dev/null, open for writing too; nothing can be opened any more. */
	__sanitizer_set_report_fd((void *)(intptr_t)STDIN_FILENO);
	reported_job = job;
	return threads_run(job);
}

const struct engine engine_tsan = { .name = "tsan", .id = ENGINE_TSAN, .run = tsan_run };
