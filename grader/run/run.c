#include "run.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "clock.h"
#include "debugger.h"
#include "evidence.h"
#include "hang.h"
#include "maps.h"
#include "peer.h"
#include "referee.h"
#include "sandbox.h"
#include "text.h"
#include "translate.h"
#include "wire_kind.h"

enum { TICK_MS = 20, HELLO_MS = 20000, USAGE_EVERY = 2 };

enum {
	TSAN_SHADOW = 5,        /* ThreadSanitizer's shadow is up to so many times what the program uses */
	START_KIB = 128 * 1024, /* more than a worker needs for itself */
	SPARE_THREADS = 8,      /* the kernel's limit is a little higher than ours, so that ours is seen to be broken */
};

/* How far a run has come; each frame is allowed in one stage only, so that none can be said before its time. */
enum run_stage {
	STAGE_START, /* awaits HELLO */
	STAGE_HELLO, /* RUN has been sent, awaits READY: no stranger's code has run yet */
	STAGE_READY, /* the plugin is being loaded, awaits LOADED */
	STAGE_TRIAL, /* TRIAL has been sent, awaits TRIAL_DONE */
	STAGE_STOP   /* STOP has been sent, awaits DONE */
};

struct running {
	const struct run_tools *tools;
	const struct run_plan *plan;
	struct evidence *evidence;
	struct fault *fault;
	struct peer worker;
	struct referee referee;
	struct hang_watch hang;
	uint64_t begin_ms, frames, ticks, rss_max_kib, seed, data_size;
	uint64_t looked_ms; /* when the limits were last looked at */
	char *maps;         /* of the worker before the plugin was loaded; NULL: unknown */
	bool over;          /* evidence->end is settled, or there is a fault */
	int fault_code;     /* of a fault that is not the plugin's: negative; 0: none */
	enum run_stage stage;
};

static void settle(struct running *running, enum run_end end, int code)
{
	running->evidence->end = end;
	running->evidence->code = code;
	running->over = true;
}

/* ---- what the worker says ---- */

static void note_failure(struct running *running, enum workload_property property, uint32_t self, const char *message,
			 bool referee)
{
	evidence_add_failure(running->evidence, property, self, message, referee);
}

/* The failure that the workload noted on the board in the trial that has just ended. */
static void take_board_failure(struct running *running)
{
	struct board_failure *failure = &running->worker.board->failure;
	if (atomic_load(&failure->state) == 0)
		return;
	char message[sizeof(failure->message)];
	memcpy(message, failure->message, sizeof(message));
	message[sizeof(message) - 1] = '\0';
	if (failure->property < PROPERTY_COUNT)
		note_failure(running, (enum workload_property)failure->property, failure->self, message, false);
	memset(failure, 0, sizeof(*failure));
}

static int begin_trial(struct running *running)
{
	struct frame_trial frame = { .number = running->evidence->trials };
	if (getrandom(&running->seed, sizeof(running->seed), 0) != (ssize_t)sizeof(running->seed))
		return fault_machine(running->fault, errno, _("no random numbers"));
	frame.seed = running->seed;
	peer_send(&running->worker, &frame.header, FRAME_TRIAL, sizeof(frame));
	return 0;
}

/* A thread that called pthread_exit() has been joined like any other. */
static bool all_finished(struct running *running)
{
	const struct board *board = running->worker.board;
	if (running->plan->engine == ENGINE_EXPLORE)
		return true;
	for (uint32_t i = 0; i < running->plan->threads; i++) {
		if (atomic_load_explicit(&board->thread[i].finished, memory_order_relaxed) == 0) {
			settle(running, RUN_THREAD_LEFT, (int)i);
			return false;
		}
	}
	return true;
}

static int stop_trials(struct running *running)
{
	struct frame_plain stop = { 0 };
	running->stage = STAGE_STOP;
	peer_send(&running->worker, &stop.header, FRAME_STOP, sizeof(stop));
	return 0;
}

static int end_trial(struct running *running, uint64_t claimed_seed)
{
	struct evidence *evidence = running->evidence;
	uint32_t wanted = running->plan->workload->size[running->plan->engine].trials;
	if (running->plan->engine != ENGINE_EXPLORE && claimed_seed != running->seed) {
		settle(running, RUN_PROTOCOL, 0);
		return 0;
	}
	take_board_failure(running);
	if (evidence->tampered == NULL)
		evidence->tampered = maps_tampered(running->worker.child.pid, running->maps);
	if (!all_finished(running))
		return 0;
	evidence->gave_up = atomic_load_explicit(&running->worker.board->gave_up, memory_order_relaxed) != 0;
	if (evidence->gave_up && evidence->n_failures > 0)
		return stop_trials(running);
	if (evidence->gave_up)
		return settle(running, RUN_PROTOCOL, 0), 0; /* a workload says why it gives up */
	int r = referee_judge(&running->referee, running->worker.board, running->data_size, running->seed, evidence,
			      running->fault);
	if (r < 0)
		return r;
	evidence->trials++;
	evidence_add_rounds(evidence, running->worker.board);
	if (evidence->trials < (wanted != 0 ? wanted : 1) && evidence->n_failures == 0)
		return begin_trial(running);
	return stop_trials(running);
}

static int say_run(struct running *running, uint64_t data_kib)
{
	const struct run_plan *plan = running->plan;
	const struct run_size *size = &plan->workload->size[plan->engine];
	struct frame_run run = {
		.engine = (uint32_t)plan->engine,
		.threads = plan->threads,
		.rounds = size->rounds,
		.time_ms = size->time_ms,
		.file_kib = plan->exercise->limits.output_kib,
		.data_kib = data_kib + plan->exercise->limits.memory_kib,
		.max_executions = size->max_executions,
		.max_bypass = plan->exercise->max_bypass_per_thread * plan->threads,
		.memory_model = (uint32_t)plan->memory_model,
		.properties = plan->properties,
		.reads_thread_pointer = plan->reads_thread_pointer,
		.debugged = plan->debugger != NULL,
		.confined = plan->debugger == NULL && running->tools->sandbox != NULL &&
			    sandbox_filters(running->tools->sandbox),
	};
	if (strlen(plan->plugin_path) >= sizeof(run.plugin_path) ||
	    strlen(plan->workload_path) >= sizeof(run.workload_path))
		return fault_machine(running->fault, ENAMETOOLONG, "%s", plan->plugin_path);
	wire_take_kind(&run, &plan->exercise->kind);
	strncpy(run.plugin_path, plan->plugin_path, sizeof(run.plugin_path) - 1);
	strncpy(run.workload_path, plan->workload_path, sizeof(run.workload_path) - 1);
	if (plan->schedule != NULL)
		strncpy(run.schedule, plan->schedule, sizeof(run.schedule) - 1);
	peer_send(&running->worker, &run.header, FRAME_RUN, sizeof(run));
	return referee_start(&running->referee, &run, running->fault);
}

/* How much more than at its start a worker may have in memory. */
static uint64_t resident_kib(const struct run_plan *plan)
{
	return (uint64_t)plan->exercise->limits.memory_kib * (plan->engine == ENGINE_TSAN ? TSAN_SHADOW : 1);
}

/* The worker's runtime has started; from here on what happens is the plugin's doing. ThreadSanitizer has mapped
 * terabytes by now, so that a limit on memory can only count from here. */
static int take_hello(struct running *running)
{
	pid_t pid = running->worker.child.pid;
	struct watch_usage usage = watch_usage(pid);
	running->stage = STAGE_HELLO;
	running->evidence->ran = true;
	running->evidence->start_ms = monotonic_ms() - running->begin_ms;
	running->rss_max_kib = usage.rss_kib + resident_kib(running->plan);
	running->maps = maps_take(pid);
	hang_watch_init(&running->hang, pid, running->plan->exercise->limits.hang_ms);
	return say_run(running, usage.data_kib);
}

static int take_loaded(struct running *running, uint64_t data_size)
{
	if (data_size > TRIAL_DATA_MAX) {
		settle(running, RUN_PROTOCOL, 0);
		return 0;
	}
	running->data_size = data_size;
	running->stage = STAGE_TRIAL;
	return begin_trial(running);
}

static bool in_its_time(const struct running *running, unsigned type)
{
	enum run_stage stage = running->stage;
	switch (type) {
	case FRAME_HELLO:
		return stage == STAGE_START;
	case FRAME_READY:
		return stage == STAGE_HELLO;
	case FRAME_LOADED:
		return stage == STAGE_READY;
	case FRAME_LOAD_FAILED:
		return stage == STAGE_HELLO || stage == STAGE_READY;
	case FRAME_TRIAL_DONE:
	case FRAME_INIT_FAILED:
		return stage == STAGE_TRIAL;
	case FRAME_EXPLORE_PROPERTY:
	case FRAME_EXPLORE_STEPS:
		return stage == STAGE_TRIAL && running->plan->engine == ENGINE_EXPLORE;
	case FRAME_DONE:
		return stage == STAGE_STOP;
	case FRAME_REPORT:
	case FRAME_CRASH:
		return stage != STAGE_START;
	default:
		return type == FRAME_TROUBLE;
	}
}

/* An answer to a question that was not asked: of other sizes, or in another model. */
static bool is_of_plan(const struct run_plan *plan, const struct frame_explore_property *said)
{
	return said->threads == plan->threads && said->rounds == plan->workload->size[plan->engine].rounds &&
	       said->memory_model == (uint32_t)plan->memory_model;
}

/* An exploration that came to its end has something to say of each property that it was asked about. */
static bool has_all_answers(const struct running *running)
{
	const struct evidence *evidence = running->evidence;
	uint32_t missing = running->plan->engine == ENGINE_EXPLORE ? running->plan->properties : 0;
	for (size_t i = 0; i < evidence->n_explored; i++)
		missing &= ~(UINT32_C(1) << evidence->explored[i].said.property);
	return missing == 0;
}

static int take_frame(struct running *running, const union frame *frame)
{
	struct evidence *evidence = running->evidence;
	running->frames++;
	if (!in_its_time(running, frame->header.type))
		return settle(running, RUN_PROTOCOL, 0), 0;
	switch (frame->header.type) {
	case FRAME_HELLO:
		return take_hello(running);
	case FRAME_READY:
		running->stage = STAGE_READY;
		return 0;
	case FRAME_LOADED:
		return take_loaded(running, frame->plain.value);
	case FRAME_LOAD_FAILED:
		if (running->stage == STAGE_HELLO)
			return fault_exercise(running->fault, "%s", frame->text.text);
		evidence->text = xstrdup(frame->text.text);
		return settle(running, RUN_LOAD_FAILED, 0), 0;
	case FRAME_TROUBLE:
		if (running->stage >= STAGE_READY) {
			evidence->text = xstrdup(frame->text.text);
			return settle(running, RUN_TROUBLE, 0), 0;
		}
		return fault_machine(running->fault, frame->text.value != 0 ? (int)frame->text.value : EIO,
				     "a worker: %s", frame->text.text);
	case FRAME_REPORT:
		evidence_add_report(evidence, &frame->report);
		return 0;
	case FRAME_CRASH:
		evidence->crash = frame->crash;
		evidence->crashed = true;
		return 0;
	case FRAME_INIT_FAILED:
		return settle(running, RUN_INIT_FAILED, (int)(int64_t)frame->plain.value), 0;
	case FRAME_TRIAL_DONE:
		return end_trial(running, frame->plain.value);
	case FRAME_EXPLORE_PROPERTY:
		/* No schedule was asked for that could fit or not. */
		if ((frame->explore_property.outcome == EXPLORE_MISFIT && running->plan->schedule == NULL) ||
		    !is_of_plan(running->plan, &frame->explore_property) ||
		    !evidence_add_explored(evidence, &frame->explore_property))
			settle(running, RUN_PROTOCOL, 0);
		return 0;
	case FRAME_EXPLORE_STEPS:
		if (!evidence_add_steps(evidence, &frame->explore_steps))
			settle(running, RUN_PROTOCOL, 0);
		return 0;
	case FRAME_DONE:
		return settle(running, has_all_answers(running) ? RUN_DONE : RUN_PROTOCOL, 0), 0;
	default:
		return settle(running, RUN_PROTOCOL, 0), 0;
	}
}

/* ---- what the clock says ---- */

/* Whether the plugin is being explored. The explorer has its own judgement of what never gets on: how long it takes is
 * no sign of that. */
static bool is_exploring(const struct running *running)
{
	return running->plan->engine == ENGINE_EXPLORE &&
	       atomic_load_explicit(&running->worker.board->phase, memory_order_relaxed) > PHASE_LOAD;
}

/* An exploration may take its time while it takes steps: its budgets are in executions and in processor time. */
static bool wall_is_over(const struct running *running)
{
	uint64_t since_ms = is_exploring(running) ? running->hang.since_ms : running->begin_ms;
	return monotonic_ms() - since_ms >= running->plan->exercise->limits.wall_ms;
}

static int check_limits(struct running *running)
{
	const struct exercise_limits *limits = &running->plan->exercise->limits;
	pid_t pid = running->worker.child.pid;
	uint64_t elapsed_ms = monotonic_ms() - running->begin_ms;
	if (running->plan->debugger != NULL)
		return 0;
	if (!running->evidence->ran) {
		if (elapsed_ms >= HELLO_MS)
			return fault_machine(running->fault, ETIMEDOUT, _("a worker does not start"));
		return 0;
	}
	switch (hang_look(&running->hang, running->worker.board, pid, running->frames)) {
	case HANG_ASLEEP:
		settle(running, RUN_HANG_ASLEEP, 0);
		return 0;
	case HANG_AWAKE:
		if (is_exploring(running))
			break;
		settle(running, RUN_HANG_AWAKE, 0);
		return 0;
	case HANG_NONE:
		break;
	}
	if (running->ticks++ % USAGE_EVERY == 0) {
		struct watch_usage usage = watch_usage(pid);
		if (usage.rss_kib > running->rss_max_kib)
			settle(running, RUN_MEMORY_LIMIT, 0);
		else if (limits->threads != 0 && usage.threads > limits->threads)
			settle(running, RUN_THREAD_LIMIT, 0);
	}
	if (!running->over && wall_is_over(running)) {
		running->evidence->waited_ms = watch_waited_ms(pid);
		settle(running, RUN_WALL_LIMIT, 0);
	}
	return 0;
}

static int look_at_limits(struct running *running)
{
	running->looked_ms = monotonic_ms();
	return check_limits(running);
}

/* Takes what there is. Returns 0 or, for a fault that is not the plugin's, -1. */
static int take_step(struct running *running)
{
	union frame frame;
	int r;
	switch (peer_wait(&running->worker, 0, &frame)) {
	case PEER_FRAME:
		r = take_frame(running, &frame);
		return r < 0 || running->over ? r : look_at_limits(running);
	case PEER_TICK:
		return monotonic_ms() - running->looked_ms >= TICK_MS ? look_at_limits(running) : 0;
	case PEER_ENDED:
		running->over = true;
		running->evidence->end = RUN_EXITED; /* or RUN_SIGNALED: known when it is reaped */
		return 0;
	case PEER_BAD:
		settle(running, RUN_PROTOCOL, 0);
		return 0;
	}
	return 0;
}

bool run_step(struct running *running)
{
	if (running->over)
		return false;
	running->fault_code = take_step(running);
	running->over |= running->fault_code < 0;
	return !running->over;
}

void run_wait(struct running *const *running, size_t n)
{
	struct pollfd *fds = xcalloc(n * PEER_FDS, sizeof(*fds));
	int wait_ms = TICK_MS;
	for (size_t i = 0; i < n; i++) {
		peer_watched(&running[i]->worker, &fds[i * PEER_FDS]);
		if (running[i]->over)
			wait_ms = 0;
	}
	poll(fds, n * PEER_FDS, wait_ms);
	free(fds);
}

/* ---- the end ---- */

static int conclude(struct running *running, struct child_end end)
{
	struct evidence *evidence = running->evidence;
	evidence->cpu_ms = end.cpu_ms;
	evidence->max_rss_kib = end.max_rss_kib;
	evidence->duration_ms = monotonic_ms() - running->begin_ms;
	evidence->output = output_text(&running->worker.output);
	if (evidence->end != RUN_EXITED)
		return 0;
	if (running->plan->debugger != NULL)
		return fault_machine(running->fault, EINTR,
				     _("the debugger was left before the schedule had come to its end"));
	if (!evidence->ran)
		return fault_machine(running->fault, ECHILD,
				     end.signaled ? _("a worker does not start (signal %d)%s%s")
						  : _("a worker does not start (exit status %d)%s%s"),
				     end.code, evidence->output != NULL ? ": " : "",
				     evidence->output != NULL ? evidence->output : "");
	evidence->code = end.code;
	if (end.out_of_memory) {
		evidence->end = RUN_MEMORY_LIMIT;
	} else if (end.signaled) {
		uint32_t cpu_ms = running->plan->exercise->limits.cpu_ms;
		bool cpu = end.code == SIGXCPU || (end.code == SIGKILL && end.cpu_ms >= cpu_ms);
		/* No plugin kills itself so (worker/confine.c), and what we kill for has another name. */
		if (end.code == SIGKILL && !cpu)
			return fault_machine(
			    running->fault, 0,
			    _("a worker was killed from outside: by a memory limit around the grader (of a "
			      "container?), or by somebody"));
		evidence->end = cpu ? RUN_CPU_LIMIT : RUN_SIGNALED;
	}
	return 0;
}

struct running *run_begin(const struct run_tools *tools, const struct run_plan *plan, struct evidence *evidence,
			  struct fault *fault)
{
	const struct exercise_limits *limits = &plan->exercise->limits;
	bool tsan = plan->engine == ENGINE_TSAN;
	struct running *running = xcalloc(1, sizeof(*running));
	*running = (struct running){
		.tools = tools, .plan = plan, .evidence = evidence, .fault = fault, .begin_ms = monotonic_ms()
	};
	struct peer_start start = {
		.sandbox = tools->sandbox,
		.debugger = plan->debugger,
		.path = tsan ? tools->worker_tsan : tools->worker,
		.folder = plan->folder,
		.libraries = tools->libraries,
		.workload_path = plan->workload_path,
		.fixed_addresses = true,
		.cpu_ms = limits->cpu_ms,
		.memory_kib = (uint32_t)(START_KIB + resident_kib(plan) * 5 / 4),
		.threads = limits->threads != 0 ? limits->threads + SPARE_THREADS : 0,
		.output_kib = limits->output_kib,
	};
	*evidence = (struct evidence){ .workload = plan->workload, .engine = plan->engine, .n_threads = plan->threads };
	referee_init(&running->referee, tools, plan->engine != ENGINE_EXPLORE);
	running->fault_code = peer_start(&running->worker, &start, fault);
	running->over = running->fault_code < 0;
	return running;
}

int run_end(struct running *running)
{
	struct evidence *evidence = running->evidence;
	int r = running->fault_code;
	if (r == 0) {
		take_board_failure(running);
		evidence_take_board(evidence, running->worker.board);
	}
	if (r == 0 && running->plan->debugger != NULL)
		debugger_wait(&running->worker.child);
	struct child_end end = peer_stop(&running->worker);
	if (r == 0)
		r = conclude(running, end);
	output_fini(&running->worker.output);
	free(running->maps);
	referee_stop(&running->referee);
	if (r < 0)
		evidence_free(evidence);
	free(running);
	return r;
}
