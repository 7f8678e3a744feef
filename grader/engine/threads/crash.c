#include "crash.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

#include "frames.h"
#include "place.h"
#include "thread_trials.h"

enum { SIGNAL_STACK_BYTES = 64 * 1024, NEAR_STACK_BYTES = 64 * 1024 };

/* A signal handler gets no argument of ours. Set once, before any handler is installed. */
static const struct engine_job *watched_job;

struct walk {
	struct frame_crash *crash;
	uintptr_t interrupted; /* the walk begins at this program counter: what is above is the handler's */
	bool begun;
};

static _Unwind_Reason_Code walk_frame(struct _Unwind_Context *context, void *argument)
{
	struct walk *walk = argument;
	int before_instruction = 0;
	uintptr_t pc = _Unwind_GetIPInfo(context, &before_instruction);
	if (pc == walk->interrupted)
		walk->begun = true;
	if (!walk->begun)
		return _URC_NO_REASON;
	if (walk->crash->n_stack == REPORT_STACK_MAX)
		return _URC_END_OF_STACK;
	uintptr_t site = before_instruction ? pc : pc - 1;
	walk->crash->stack[walk->crash->n_stack++] = place_of(watched_job, site);
	return _URC_NO_REASON;
}

static void describe(struct frame_crash *crash, const siginfo_t *info, const ucontext_t *interrupted)
{
	uintptr_t pc = (uintptr_t)interrupted->uc_mcontext.gregs[REG_RIP];
	uintptr_t sp = (uintptr_t)interrupted->uc_mcontext.gregs[REG_RSP];
	uintptr_t address = (uintptr_t)info->si_addr;
	/* Of an address that no memory can have, and of instructions that are not allowed, the kernel does not say
	 * which. */
	if (info->si_code == SI_KERNEL)
		crash->address = UINT64_MAX;
	else if (info->si_signo == SIGSEGV || info->si_signo == SIGBUS) {
		crash->address = address;
		crash->near_stack = address + NEAR_STACK_BYTES > sp && address < sp + NEAR_STACK_BYTES;
	}
	/* First without a walk: should the stack be too broken for one, this is what there is. */
	struct walk walk = { .crash = crash, .interrupted = pc };
	crash->stack[0] = place_of(watched_job, pc);
	crash->n_stack = 1;
	frame_send(watched_job->wire_fd, &crash->header, FRAME_CRASH, sizeof(*crash));
	crash->n_stack = 0;
	_Unwind_Backtrace(walk_frame, &walk);
	if (crash->n_stack > 0)
		frame_send(watched_job->wire_fd, &crash->header, FRAME_CRASH, sizeof(*crash));
}

/* The first thread to crash tells; others that crash meanwhile wait until the process dies of it. A crash of the
 * telling itself is told no more. */
static void handle(int signal_number, siginfo_t *info, void *context)
{
	static _Atomic int telling;
	int nobody = 0, me = (int)syscall(SYS_gettid);
	if (atomic_compare_exchange_strong(&telling, &nobody, me)) {
		struct frame_crash crash = { .signal = (uint32_t)signal_number, .thread = threads_self() };
		describe(&crash, info, context);
	} else {
		while (atomic_load(&telling) != me)
			pause();
	}
	/* Returning repeats the instruction, or is followed by abort()'s own end. */
	signal(signal_number, SIG_DFL);
	if (info->si_code <= 0)
		raise(signal_number);
}

void *crash_thread_begin(void)
{
	stack_t stack = { .ss_size = SIGNAL_STACK_BYTES, .ss_sp = malloc(SIGNAL_STACK_BYTES) };
	if (stack.ss_sp != NULL && sigaltstack(&stack, NULL) < 0) {
		free(stack.ss_sp);
		return NULL;
	}
	return stack.ss_sp;
}

void crash_thread_end(void *stack)
{
	if (stack == NULL)
		return;
	stack_t none = { .ss_flags = SS_DISABLE };
	sigaltstack(&none, NULL);
	free(stack);
}

int crash_watch(struct engine_job *job)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP };
	struct sigaction action = { .sa_sigaction = handle, .sa_flags = (int)(SA_SIGINFO | SA_ONSTACK | SA_NODEFER) };
	watched_job = job;
	sigemptyset(&action.sa_mask);
	crash_thread_begin();
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (sigaction(signals[i], &action, NULL) < 0)
			return -errno;
	}
	return 0;
}
