#include "cause.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "saying.h"
#include "text.h"
#include "translate.h"

bool cause_of_processes(const struct judge_input *input, const struct exercise_workload *workload)
{
	for (size_t i = 0; i < input->exercise->n_checks; i++) {
		const struct exercise_check *check = &input->exercise->checks[i];
		if (check->workload == workload && check->property == PROPERTY_PROCESS_SHARED)
			return true;
	}
	return false;
}

/* ---- where the threads are ---- */

/* What a thread is doing, as a clause: "inside acquire". NULL: nothing that explains anything. */
static char *doing(const struct plugin_kind *kind, const struct run_thread *thread)
{
	if (thread->operation != TRIAL_OPERATION_NONE)
		return say(N_("inside %s"), kind_operation_name(kind, thread->operation));
	if (thread->gate != 0)
		return say_only(N_("waiting for another thread to get on"));
	return NULL;
}

static void add_number(struct text *text, unsigned number, unsigned index, unsigned count)
{
	if (index > 0 && index + 1 == count)
		text_say(text, N_(" and "));
	text_printf(text, "%s%u", index > 0 && index + 1 < count ? ", " : "", number);
}

/* "threads 0 and 1 are inside acquire; thread 2 is inside release"; "" where no thread is inside a call. */
static char *threads_text(const struct plugin_kind *kind, const struct evidence *evidence, bool processes)
{
	struct text text = { 0 };
	bool told[BOARD_THREADS_MAX] = { false };
	for (unsigned i = 0; i < evidence->n_threads && i < BOARD_THREADS_MAX; i++) {
		char *mine = told[i] ? NULL : doing(kind, &evidence->thread[i]);
		if (mine == NULL)
			continue;
		unsigned same[BOARD_THREADS_MAX], count = 0;
		for (unsigned j = i; j < evidence->n_threads && j < BOARD_THREADS_MAX; j++) {
			char *other = doing(kind, &evidence->thread[j]);
			if (other != NULL && strcmp(mine, other) == 0) {
				same[count++] = j;
				told[j] = true;
			}
			free(other);
		}
		struct text numbers = { 0 };
		for (unsigned j = 0; j < count; j++)
			add_number(&numbers, same[j], j, count);
		text_add(&text, text.length != 0 ? "; " : "");
		char *clause = processes ? say_n("process %s is %s", "processes %s are %s", count, numbers.data, mine)
					 : say_n("thread %s is %s", "threads %s are %s", count, numbers.data, mine);
		text_add(&text, clause);
		free(clause);
		text_free(&numbers);
		free(mine);
	}
	return text_take(&text);
}

/* The operation that the process is inside which ended the run; where that is not known, that any thread is inside, the
 * first thread's (init, destroy) where no other is. */
static const char *operation_text(const struct plugin_kind *kind, const struct evidence *evidence)
{
	if (evidence->ended > 0 && evidence->ended <= evidence->n_threads &&
	    evidence->thread[evidence->ended - 1].operation != TRIAL_OPERATION_NONE)
		return kind_operation_name(kind, evidence->thread[evidence->ended - 1].operation);
	for (unsigned i = 0; i <= evidence->n_threads && i < BOARD_THREADS_MAX; i++) {
		if (evidence->thread[i].operation != TRIAL_OPERATION_NONE)
			return kind_operation_name(kind, evidence->thread[i].operation);
	}
	return NULL;
}

/* ---- the sentences ---- */

static char *exited(const struct plugin_kind *kind, const struct evidence *evidence)
{
	const char *operation = operation_text(kind, evidence);
	if (evidence->phase == PHASE_LOAD || evidence->phase == PHASE_START)
		return say(
		    N_("The process exited with status %d while the plugin was being loaded (a constructor calls "
		       "exit?)."),
		    evidence->code);
	if (operation != NULL)
		return say(N_("The process exited with status %d inside %s."), evidence->code, operation);
	return say(N_("The process exited with status %d before the work was done."), evidence->code);
}

static char *left(const struct plugin_kind *kind, const struct evidence *evidence)
{
	const char *operation = evidence->code >= 0 && evidence->code < (int)BOARD_THREADS_MAX
				    ? kind_operation_name(kind, evidence->thread[evidence->code].operation)
				    : NULL;
	if (operation != NULL)
		return say(N_("Thread %d ended inside %s: it never returned (pthread_exit?)."), evidence->code,
			   operation);
	return say(N_("Thread %d ended by itself: it never returned (pthread_exit?)."), evidence->code);
}

static char *signal_name(int number)
{
	const char *name = sigabbrev_np(number);
	return name != NULL ? xasprintf("SIG%s", name) : xasprintf("signal %d", number);
}

static char *signaled(const struct judge_run *run, struct namer *namer, struct source_place *where)
{
	const struct plugin_kind *kind = namer_kind(namer);
	const struct evidence *evidence = &run->evidence;
	const struct frame_crash *crash = &evidence->crash;
	const char *operation = operation_text(kind, evidence);
	struct text text = { 0 };
	char *name = signal_name(evidence->code), *place = NULL;
	if (evidence->crashed && namer_stack(namer, run->workload_path, crash->stack, crash->n_stack, where))
		place = place_text(where);
	char *killed = say(evidence->code == SIGSYS    ? N_("Killed by %s for a system call that no plugin may make")
			   : evidence->code == SIGXFSZ ? N_("Killed by %s for writing a file larger than is allowed")
						       : N_("Killed by %s"),
			   name);
	if (place != NULL)
		text_say(&text, N_("%s in %s"), killed, place);
	else if (operation != NULL)
		text_say(&text, N_("%s inside %s"), killed, operation);
	else if (evidence->phase == PHASE_LOAD || evidence->phase == PHASE_START)
		text_say(&text, N_("%s while the plugin was being loaded"), killed);
	else
		text_add(&text, killed);
	if (evidence->crashed && crash->near_stack && evidence->code == SIGSEGV)
		text_say(&text, N_(": the stack overflowed"));
	else if (evidence->crashed && evidence->code == SIGSEGV && crash->address < BOARD_PAGE)
		text_say(&text, N_(": it follows a null pointer"));
	text_add(&text, ".");
	free(killed);
	free(name);
	free(place);
	return text_take(&text);
}

static char *hung(const struct judge_input *input, const struct evidence *evidence)
{
	struct text text = { 0 };
	const struct plugin_kind *kind = &input->exercise->kind;
	bool processes = cause_of_processes(input, evidence->workload);
	char *threads = threads_text(&input->exercise->kind, evidence, processes);
	const char *operation = operation_text(kind, evidence);
	double seconds = input->exercise->limits.hang_ms / 1000.0;
	if (evidence->end == RUN_HANG_ASLEEP)
		text_say(&text, processes ? N_("No progress: every process sleeps, and nothing will wake it")
					  : N_("No progress: every thread sleeps, and nothing will wake it"));
	else
		text_say(&text, N_("No progress for %g s"), seconds);
	if (evidence->phase == PHASE_LOAD)
		text_say(&text, N_(", while the plugin was being loaded (a constructor hangs?)"));
	else if (evidence->phase == PHASE_SETUP && operation != NULL)
		text_say(&text, N_(": before any thread began, %s, called by one thread alone, did not return"),
			 operation);
	else if (threads[0] != '\0')
		text_printf(&text, ": %s", threads);
	else if (operation != NULL)
		text_say(&text, N_(": inside %s"), operation);
	text_add(&text, ".");
	free(threads);
	return text_take(&text);
}

static char *init_failed(int error)
{
	char *name = error > 0 ? xstrdup(strerror(error)) : say_only(N_("not an errno value"));
	char *text = say(N_("init() failed: it returned %d (%s)."), error, name);
	free(name);
	return text;
}

char *cause_text(const struct judge_input *input, const struct judge_run *run, struct namer *namer, const char **kind,
		 struct source_place *where)
{
	const struct evidence *evidence = &run->evidence;
	const struct exercise_limits *limits = &input->exercise->limits;
	*where = (struct source_place){ 0 };
	*kind = "limit";
	switch (evidence->end) {
	case RUN_DONE:
		break;
	case RUN_LOAD_FAILED:
		*kind = "load";
		return say(N_("It cannot be loaded: %s"), evidence->text);
	case RUN_INIT_FAILED:
		*kind = "init";
		return init_failed(evidence->code);
	case RUN_EXITED:
		*kind = "exit";
		return exited(&input->exercise->kind, evidence);
	case RUN_SIGNALED:
		*kind = "crash";
		return signaled(run, namer, where);
	case RUN_HANG_ASLEEP:
	case RUN_HANG_AWAKE:
		*kind = "hang";
		return hung(input, evidence);
	case RUN_CPU_LIMIT:
		return say(N_("It used more than %g s of processor time."), limits->cpu_ms / 1000.0);
	case RUN_WALL_LIMIT:
		return say(N_("It was not done after %g s."), limits->wall_ms / 1000.0);
	case RUN_MEMORY_LIMIT:
		return say(N_("It used more than %u MiB of memory."), limits->memory_kib / 1024);
	case RUN_THREAD_LIMIT:
		return say(N_("It had more than %u threads."), limits->threads);
	case RUN_THREAD_LEFT:
		*kind = "exit";
		return left(&input->exercise->kind, evidence);
	case RUN_TROUBLE:
		*kind = "trouble";
		return say(N_("With the plugin in it, the worker could not go on: %s."), evidence->text);
	case RUN_PROTOCOL:
		*kind = "protocol";
		return say_only(N_("It wrote into the grader's own channel: what came back is not a worker's answer."));
	}
	return xstrdup("");
}

bool cause_is_machine(const struct judge_run *run)
{
	const struct evidence *evidence = &run->evidence;
	return evidence->end == RUN_WALL_LIMIT && evidence->cpu_ms * 4 < evidence->duration_ms &&
	       /* It wanted to run, and was not let. */
	       evidence->waited_ms >= evidence->duration_ms / 4 && evidence->trials == 0 && evidence->rounds == 0;
}
