/* Crashes, and loops that cannot be seen. */
#include "crash.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>

#include "heap.h"
#include "objects.h"

#define ENDLESS_MAX 5u /* threads that loop out of sight, before the exploration ends */
#define TICK_US 50000
#define IDLE_TICKS 6u /* so long without a hook, then one with the memory guarded: for ever */

static struct {
	char alternate_stack[32768];
	struct sigaction old_segv, old_bus, old_fpe, old_ill, old_vtalrm;
	uint64_t steps_seen;
	unsigned idle_ticks;
	uint64_t endless_pc;   /* where the last of them was */
	unsigned endless;      /* executions in which a thread looped out of sight */
	volatile bool guarded; /* objects and heap are inaccessible, to see who touches them */
	bool blind;            /* the thread that was stopped did */
	volatile bool probing;
	sigjmp_buf probe;
	/* the last one: */
	int signal;
	uint64_t address, pc;
} crash;

static void guard(bool on)
{
	objects_guard(on);
	heap_guard(on);
	crash.guarded = on;
}

static void on_fault(int number, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	uint64_t sp = (uint64_t)uc->uc_mcontext.gregs[REG_RSP];
	const struct fiber *fiber = fiber_current();

	crash.blind = false;
	if (crash.guarded) {
		guard(false);
		if (number != SIGVTALRM && !in_module((uint64_t)uc->uc_mcontext.gregs[REG_RIP]))
			return; /* the loop has ended, and the explorer goes on */
		crash.blind = number != SIGVTALRM;
	}
	if (crash.probing)
		siglongjmp(crash.probe, 1);
	if (fiber == NULL || sp < (uint64_t)(uintptr_t)fiber->stack_begin - 4096 ||
	    sp >= (uint64_t)(uintptr_t)fiber->stack_end) {
		/* The explorer's own fault, not the plugin's: die of it. */
		signal(number, SIG_DFL);
		return;
	}
	crash.signal = number;
	crash.address = (uint64_t)(uintptr_t)info->si_addr;
	crash.pc = (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
	uc->uc_mcontext.gregs[REG_RIP] = (greg_t)(uintptr_t)hook_crashed;
}

/* Every so often, in the thread's own processor time: if no hook was reached since the last time, it spins where
 * nothing can be seen. */
static void on_tick(int number, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)info;
	if (crash.steps_seen != machine->steps) {
		crash.steps_seen = machine->steps;
		crash.idle_ticks = 0;
		if (crash.guarded)
			guard(false);
	} else if (++crash.idle_ticks >= IDLE_TICKS || (uint64_t)uc->uc_mcontext.gregs[REG_RIP] == crash.endless_pc) {
		if (!in_module((uint64_t)uc->uc_mcontext.gregs[REG_RIP]))
			return;
		crash.idle_ticks = 0;
		if (crash.guarded) {
			crash.endless_pc = (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
			on_fault(number, info, context);
		} else {
			crash.idle_ticks = IDLE_TICKS - 1;
			guard(true);
		}
	}
}

bool machine_probe(struct run_thread *thread, uint64_t address, uint32_t size)
{
	uint32_t t = thread_number(thread);
	volatile uint64_t value;
	char message[128];

	crash.probing = true;
	if (sigsetjmp(crash.probe, 0) == 0) {
		value = load_bytes(address, size);
		(void)value;
		crash.probing = false;
		return true;
	}
	crash.probing = false;
	said_write(message, sizeof message, SAID_CRASHES_BY_ADDRESS, t, "SIGSEGV");
	snprintf(machine->crash, sizeof machine->crash, "%s", message);
	finding_ends(PROPERTY_MEMORY_SAFETY, t, message);
	return false;
}

static void handle_signal(int number, void (*handler)(int, siginfo_t *, void *), struct sigaction *old)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, old);
}

void crash_handle_signals(void)
{
	stack_t stack = { .ss_sp = crash.alternate_stack, .ss_size = sizeof crash.alternate_stack };
	struct itimerval tick = { { 0, TICK_US }, { 0, TICK_US } };

	sigaltstack(&stack, NULL);
	handle_signal(SIGSEGV, on_fault, &crash.old_segv);
	handle_signal(SIGBUS, on_fault, &crash.old_bus);
	handle_signal(SIGFPE, on_fault, &crash.old_fpe);
	handle_signal(SIGILL, on_fault, &crash.old_ill);
	handle_signal(SIGVTALRM, on_tick, &crash.old_vtalrm);
	setitimer(ITIMER_VIRTUAL, &tick, NULL);
}

void crash_unhandle_signals(void)
{
	struct itimerval none = { { 0, 0 }, { 0, 0 } };

	setitimer(ITIMER_VIRTUAL, &none, NULL);
	sigaction(SIGSEGV, &crash.old_segv, NULL);
	sigaction(SIGBUS, &crash.old_bus, NULL);
	sigaction(SIGFPE, &crash.old_fpe, NULL);
	sigaction(SIGILL, &crash.old_ill, NULL);
	sigaction(SIGVTALRM, &crash.old_vtalrm, NULL);
}

/* Says what happened at machine->code. */
static void say_crash(struct run_thread *thread)
{
	uint32_t t = thread_number(thread);
	char message[256];

	if (crash.blind) {
		machine_give_up(SAID_THREAD_LOOPS_WHERE_THE_EXPLORER, t);
		return;
	}
	if (crash.signal == SIGVTALRM) {
		said_write(message, sizeof message, SAID_THREAD_LOOPS_FOR_EVER_WITHOUT, t);
		finding_ends(PROPERTY_PROGRESS, t, message);
		thread->status = THREAD_BLOCKED;
		/* Each takes seconds. */
		if (++crash.endless >= ENDLESS_MAX || machine->stateful) {
			snprintf(machine->crash, sizeof machine->crash, "%s", message);
			machine->end = END_STOP;
		}
		return;
	}
	if (crash.address >= (uint64_t)(uintptr_t)thread->fiber->stack_begin - 4096 &&
	    crash.address < (uint64_t)(uintptr_t)thread->fiber->stack_begin)
		said_write(message, sizeof message, SAID_THREAD_OVERFLOWS_ITS_STACK, t);
	else
		said_write(message, sizeof message,
			   crash.signal == SIGSEGV  ? SAID_CRASHES_BY_ADDRESS
			   : crash.signal == SIGFPE ? SAID_CRASHES_BY_DIVISION
						    : SAID_CRASHES,
			   t,
			   crash.signal == SIGSEGV  ? "SIGSEGV"
			   : crash.signal == SIGBUS ? "SIGBUS"
			   : crash.signal == SIGFPE ? "SIGFPE"
						    : "SIGILL");
	thread->fiber->lowest = (uint64_t *)(void *)thread->fiber->stack_begin;
	snprintf(machine->crash, sizeof machine->crash, "%s", message);
	finding_ends(PROPERTY_MEMORY_SAFETY, t, message);
}

void crash_report(struct run_thread *thread)
{
	bool known = machine->crash[0] != '\0' || machine->inconclusive[0] != '\0';

	machine_place(crash.pc, &machine->code);
	say_crash(thread);
	if (!known)
		machine->crash_place = machine->code;
	machine->code = (struct wire_place){ .module = MODULE_NONE };
}
