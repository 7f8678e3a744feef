#include "run.h"

#include <errno.h>
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

/* One run in the making. */
struct session {
	const struct run_tools *tools;
	const struct run_plan *plan;
	struct evidence *evidence;
	struct fault *fault;
	struct peer worker;
	struct referee referee;
	struct hang_watch hang;
	uint64_t begin_ms, frames, ticks, rss_max_kib, seed, data_size;
	char *maps; /* of the worker before the plugin was loaded; NULL: unknown */
	bool over;  /* evidence->end is settled */
	enum run_stage stage;
};

static void settle(struct session *session, enum run_end end, int code)
{
	session->evidence->end = end;
	session->evidence->code = code;
	session->over = true;
}

/* ---- what the worker says ---- */

static void note_failure(struct session *session, enum workload_property property, uint32_t self, const char *message,
			 bool referee)
{
	evidence_add_failure(session->evidence, property, self, message, referee);
}

/* The failure that the workload noted on the board in the trial that has just ended. */
static void take_board_failure(struct session *session)
{
	struct board_failure *failure = &session->worker.board->failure;
	if (atomic_load(&failure->state) == 0)
		return;
	char message[sizeof(failure->message)];
	memcpy(message, failure->message, sizeof(message));
	message[sizeof(message) - 1] = '\0';
	if (failure->property < PROPERTY_COUNT)
		note_failure(session, (enum workload_property)failure->property, failure->self, message, false);
	memset(failure, 0, sizeof(*failure));
}

static int begin_trial(struct session *session)
{
	struct frame_trial frame = { .number = session->evidence->trials };
	if (getrandom(&session->seed, sizeof(session->seed), 0) != (ssize_t)sizeof(session->seed))
		return fault_machine(session->fault, errno, _("no random numbers"));
	frame.seed = session->seed;
	peer_send(&session->worker, &frame.header, FRAME_TRIAL, sizeof(frame));
	return 0;
}

/* A thread that called pthread_exit() has been joined like any other. */
static bool all_finished(struct session *session)
{
	const struct board *board = session->worker.board;
	if (session->plan->engine == ENGINE_EXPLORE)
		return true;
	for (uint32_t i = 0; i < session->plan->threads; i++) {
		if (atomic_load_explicit(&board->thread[i].finished, memory_order_relaxed) == 0) {
			settle(session, RUN_THREAD_LEFT, (int)i);
			return false;
		}
	}
	return true;
}

static int stop_trials(struct session *session)
{
	struct frame_plain stop = { 0 };
	session->stage = STAGE_STOP;
	peer_send(&session->worker, &stop.header, FRAME_STOP, sizeof(stop));
	return 0;
}

static int end_trial(struct session *session, uint64_t claimed_seed)
{
	struct evidence *evidence = session->evidence;
	uint32_t wanted = session->plan->workload->size[session->plan->engine].trials;
	if (session->plan->engine != ENGINE_EXPLORE && claimed_seed != session->seed) {
		settle(session, RUN_PROTOCOL, 0);
		return 0;
	}
	take_board_failure(session);
	if (evidence->tampered == NULL)
		evidence->tampered = maps_tampered(session->worker.child.pid, session->maps);
	if (!all_finished(session))
		return 0;
	evidence->gave_up = atomic_load_explicit(&session->worker.board->gave_up, memory_order_relaxed) != 0;
	if (evidence->gave_up && evidence->n_failures > 0)
		return stop_trials(session);
	if (evidence->gave_up)
		return settle(session, RUN_PROTOCOL, 0), 0; /* a workload says why it gives up */
	int r = referee_judge(&session->referee, session->worker.board, session->data_size, session->seed, evidence,
			      session->fault);
	if (r < 0)
		return r;
	evidence->trials++;
	evidence_add_rounds(evidence, session->worker.board);
	if (evidence->trials < (wanted != 0 ? wanted : 1) && evidence->n_failures == 0)
		return begin_trial(session);
	return stop_trials(session);
}

static int say_run(struct session *session, uint64_t data_kib)
{
	const struct run_plan *plan = session->plan;
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
		.debugged = plan->debugger != NULL,
		.confined = plan->debugger == NULL && session->tools->sandbox != NULL &&
			    sandbox_filters(session->tools->sandbox),
	};
	if (strlen(plan->plugin_path) >= sizeof(run.plugin_path) ||
	    strlen(plan->workload_path) >= sizeof(run.workload_path))
		return fault_machine(session->fault, ENAMETOOLONG, "%s", plan->plugin_path);
	wire_take_kind(&run, &plan->exercise->kind);
	strncpy(run.plugin_path, plan->plugin_path, sizeof(run.plugin_path) - 1);
	strncpy(run.workload_path, plan->workload_path, sizeof(run.workload_path) - 1);
	if (plan->schedule != NULL)
		strncpy(run.schedule, plan->schedule, sizeof(run.schedule) - 1);
	peer_send(&session->worker, &run.header, FRAME_RUN, sizeof(run));
	return referee_start(&session->referee, &run, session->fault);
}

/* How much more than at its start a worker may have in memory. */
static uint64_t resident_kib(const struct run_plan *plan)
{
	return (uint64_t)plan->exercise->limits.memory_kib * (plan->engine == ENGINE_TSAN ? TSAN_SHADOW : 1);
}

/* The worker's runtime has started; from here on what happens is the plugin's doing. ThreadSanitizer has mapped
 * terabytes by now, so that a limit on memory can only count from here. */
static int take_hello(struct session *session)
{
	pid_t pid = session->worker.child.pid;
	struct watch_usage usage = watch_usage(pid);
	session->stage = STAGE_HELLO;
	session->evidence->ran = true;
	session->evidence->start_ms = monotonic_ms() - session->begin_ms;
	session->rss_max_kib = usage.rss_kib + resident_kib(session->plan);
	session->maps = maps_take(pid);
	hang_watch_init(&session->hang, pid, session->plan->exercise->limits.hang_ms);
	return say_run(session, usage.data_kib);
}

static int take_loaded(struct session *session, uint64_t data_size)
{
	if (data_size > TRIAL_DATA_MAX) {
		settle(session, RUN_PROTOCOL, 0);
		return 0;
	}
	session->data_size = data_size;
	session->stage = STAGE_TRIAL;
	return begin_trial(session);
}

static bool in_its_time(const struct session *session, unsigned type)
{
	enum run_stage stage = session->stage;
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
		return stage == STAGE_TRIAL && session->plan->engine == ENGINE_EXPLORE;
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
static bool has_all_answers(const struct session *session)
{
	const struct evidence *evidence = session->evidence;
	uint32_t missing = session->plan->engine == ENGINE_EXPLORE ? session->plan->properties : 0;
	for (size_t i = 0; i < evidence->n_explored; i++)
		missing &= ~(UINT32_C(1) << evidence->explored[i].said.property);
	return missing == 0;
}

static int take_frame(struct session *session, const union frame *frame)
{
	struct evidence *evidence = session->evidence;
	session->frames++;
	if (!in_its_time(session, frame->header.type))
		return settle(session, RUN_PROTOCOL, 0), 0;
	switch (frame->header.type) {
	case FRAME_HELLO:
		return take_hello(session);
	case FRAME_READY:
		session->stage = STAGE_READY;
		return 0;
	case FRAME_LOADED:
		return take_loaded(session, frame->plain.value);
	case FRAME_LOAD_FAILED:
		if (session->stage == STAGE_HELLO)
			return fault_exercise(session->fault, "%s", frame->text.text);
		evidence->text = xstrdup(frame->text.text);
		return settle(session, RUN_LOAD_FAILED, 0), 0;
	case FRAME_TROUBLE:
		if (session->stage >= STAGE_READY) {
			evidence->text = xstrdup(frame->text.text);
			return settle(session, RUN_TROUBLE, 0), 0;
		}
		return fault_machine(session->fault, frame->text.value != 0 ? (int)frame->text.value : EIO,
				     "a worker: %s", frame->text.text);
	case FRAME_REPORT:
		evidence_add_report(evidence, &frame->report);
		return 0;
	case FRAME_CRASH:
		evidence->crash = frame->crash;
		evidence->crashed = true;
		return 0;
	case FRAME_INIT_FAILED:
		return settle(session, RUN_INIT_FAILED, (int)(int64_t)frame->plain.value), 0;
	case FRAME_TRIAL_DONE:
		return end_trial(session, frame->plain.value);
	case FRAME_EXPLORE_PROPERTY:
		/* No schedule was asked for that could fit or not. */
		if ((frame->explore_property.outcome == EXPLORE_MISFIT && session->plan->schedule == NULL) ||
		    !is_of_plan(session->plan, &frame->explore_property) ||
		    !evidence_add_explored(evidence, &frame->explore_property))
			settle(session, RUN_PROTOCOL, 0);
		return 0;
	case FRAME_EXPLORE_STEPS:
		if (!evidence_add_steps(evidence, &frame->explore_steps))
			settle(session, RUN_PROTOCOL, 0);
		return 0;
	case FRAME_DONE:
		return settle(session, has_all_answers(session) ? RUN_DONE : RUN_PROTOCOL, 0), 0;
	default:
		return settle(session, RUN_PROTOCOL, 0), 0;
	}
}

/* ---- what the clock says ---- */

/* Whether the plugin is being explored. The explorer has its own judgement of what never gets on: how long it takes is
 * no sign of that. */
static bool is_exploring(const struct session *session)
{
	return session->plan->engine == ENGINE_EXPLORE &&
	       atomic_load_explicit(&session->worker.board->phase, memory_order_relaxed) > PHASE_LOAD;
}

/* An exploration may take its time while it takes steps: its budgets are in executions and in processor time. */
static bool wall_is_over(const struct session *session)
{
	uint64_t since_ms = is_exploring(session) ? session->hang.since_ms : session->begin_ms;
	return monotonic_ms() - since_ms >= session->plan->exercise->limits.wall_ms;
}

static int check_limits(struct session *session)
{
	const struct exercise_limits *limits = &session->plan->exercise->limits;
	pid_t pid = session->worker.child.pid;
	uint64_t elapsed_ms = monotonic_ms() - session->begin_ms;
	if (session->plan->debugger != NULL)
		return 0;
	if (!session->evidence->ran) {
		if (elapsed_ms >= HELLO_MS)
			return fault_machine(session->fault, ETIMEDOUT, _("a worker does not start"));
		return 0;
	}
	switch (hang_look(&session->hang, session->worker.board, pid, session->frames)) {
	case HANG_ASLEEP:
		settle(session, RUN_HANG_ASLEEP, 0);
		return 0;
	case HANG_AWAKE:
		if (is_exploring(session))
			break;
		settle(session, RUN_HANG_AWAKE, 0);
		return 0;
	case HANG_NONE:
		break;
	}
	if (session->ticks++ % USAGE_EVERY == 0) {
		struct watch_usage usage = watch_usage(pid);
		if (usage.rss_kib > session->rss_max_kib)
			settle(session, RUN_MEMORY_LIMIT, 0);
		else if (limits->threads != 0 && usage.threads > limits->threads)
			settle(session, RUN_THREAD_LIMIT, 0);
	}
	if (!session->over && wall_is_over(session)) {
		session->evidence->waited_ms = watch_waited_ms(pid);
		settle(session, RUN_WALL_LIMIT, 0);
	}
	return 0;
}

/* Waits for what happens next. Returns 0 or, for a fault that is not the plugin's, -1. */
static int step(struct session *session)
{
	union frame frame;
	int r;
	switch (peer_wait(&session->worker, TICK_MS, &frame)) {
	case PEER_FRAME:
		r = take_frame(session, &frame);
		return r < 0 || session->over ? r : check_limits(session);
	case PEER_TICK:
		return check_limits(session);
	case PEER_ENDED:
		session->over = true;
		session->evidence->end = RUN_EXITED; /* or RUN_SIGNALED: known when it is reaped */
		return 0;
	case PEER_BAD:
		settle(session, RUN_PROTOCOL, 0);
		return 0;
	}
	return 0;
}

/* ---- the end ---- */

static int conclude(struct session *session, struct child_end end)
{
	struct evidence *evidence = session->evidence;
	evidence->cpu_ms = end.cpu_ms;
	evidence->max_rss_kib = end.max_rss_kib;
	evidence->duration_ms = monotonic_ms() - session->begin_ms;
	evidence->output = output_text(&session->worker.output);
	if (evidence->end != RUN_EXITED)
		return 0;
	if (session->plan->debugger != NULL)
		return fault_machine(session->fault, EINTR,
				     _("the debugger was left before the schedule had come to its end"));
	if (!evidence->ran)
		return fault_machine(session->fault, ECHILD,
				     end.signaled ? _("a worker does not start (signal %d)%s%s")
						  : _("a worker does not start (exit status %d)%s%s"),
				     end.code, evidence->output != NULL ? ": " : "",
				     evidence->output != NULL ? evidence->output : "");
	evidence->code = end.code;
	if (end.out_of_memory) {
		evidence->end = RUN_MEMORY_LIMIT;
	} else if (end.signaled) {
		uint32_t cpu_ms = session->plan->exercise->limits.cpu_ms;
		bool cpu = end.code == SIGXCPU || (end.code == SIGKILL && end.cpu_ms >= cpu_ms);
		/* No plugin kills itself so (worker/confine.c), and what we kill for has another name. */
		if (end.code == SIGKILL && !cpu)
			return fault_machine(
			    session->fault, 0,
			    _("a worker was killed from outside: by a memory limit around the grader (of a "
			      "container?), or by somebody"));
		evidence->end = cpu ? RUN_CPU_LIMIT : RUN_SIGNALED;
	}
	return 0;
}

int run_worker(const struct run_tools *tools, const struct run_plan *plan, struct evidence *evidence,
	       struct fault *fault)
{
	const struct exercise_limits *limits = &plan->exercise->limits;
	bool tsan = plan->engine == ENGINE_TSAN;
	struct session session = {
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
	referee_init(&session.referee, tools, plan->engine != ENGINE_EXPLORE);
	int r = peer_start(&session.worker, &start, fault);
	while (r == 0 && !session.over)
		r = step(&session);
	if (r == 0) {
		take_board_failure(&session);
		evidence_take_board(evidence, session.worker.board);
	}
	if (r == 0 && plan->debugger != NULL)
		debugger_wait(&session.worker.child);
	struct child_end end = peer_stop(&session.worker);
	if (r == 0)
		r = conclude(&session, end);
	output_fini(&session.worker.output);
	free(session.maps);
	referee_stop(&session.referee);
	if (r < 0)
		evidence_free(evidence);
	return r;
}
