/* One execution at a time: the threads, their memory, and what they ask for that is no event of the model. */
#include "internal.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>

#include "fresh.h"
#include "heap.h"
#include "library.h"
#include "library_state.h"
#include "memory.h"
#include "process.h"
#include "redirect.h"
#include "search.h"
#include "services.h"

#define STREAK_MAX 3000u /* plain accesses in a row after which a loop on them is looked for */
#define STEPS_MAX 2000000u
#define ENDLESS_MAX 5u /* threads that loop out of sight, before the exploration ends */
#define TICK_US 50000
#define IDLE_TICKS 6u /* so long without a hook, then one with the memory guarded: for ever */

struct explorer ex;

static struct {
	char *data;
	char *objects; /* each between guard pages */
	size_t objects_bytes;
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
} machine;

bool in_module(uint64_t pc)
{
	const struct engine_module *plugin = &ex.job->plugin_module, *client = &ex.job->workload_module;

	return (pc >= plugin->begin && pc < plugin->end) || (pc >= client->begin && pc < client->end);
}

uint64_t load_bytes(uint64_t address, uint32_t size)
{
	uint64_t value = 0;

	memcpy(&value, PROCESS_TAGGED(address) ? process_bytes(address) : (void *)(uintptr_t)address, size);
	return value;
}

void store_bytes(uint64_t address, uint32_t size, uint64_t value)
{
	fresh_note_write(address, size);
	memcpy(PROCESS_TAGGED(address) ? process_bytes(address) : (void *)(uintptr_t)address, &value, size);
}

void machine_give_up(const char *format, ...)
{
	va_list arguments;

	ex.end = END_STOP;
	if (ex.inconclusive[0] != '\0')
		return;
	va_start(arguments, format);
	vsnprintf(ex.inconclusive, sizeof ex.inconclusive, format, arguments);
	va_end(arguments);
}

/* ---- crashes ---- */

static struct {
	int signal;
	uint64_t address, pc;
} crash;

static size_t object_pages(void)
{
	return (ex.job->object_size + 64 + 4095) / 4096 * 4096;
}

static void guard(bool on)
{
	for (unsigned i = 0; i < ex.job->workload->objects && i < TRIAL_OBJECTS_MAX; i++)
		mprotect(machine.objects + i * (object_pages() + 2 * 4096) + 4096, object_pages(),
			 on ? PROT_NONE : PROT_READ | PROT_WRITE);
	heap_guard(on);
	machine.guarded = on;
}

static void on_fault(int number, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	uint64_t sp = (uint64_t)uc->uc_mcontext.gregs[REG_RSP];
	const struct fiber *fiber = fiber_current();

	machine.blind = false;
	if (machine.guarded) {
		guard(false);
		if (number != SIGVTALRM && !in_module((uint64_t)uc->uc_mcontext.gregs[REG_RIP]))
			return; /* the loop has ended, and the explorer goes on */
		machine.blind = number != SIGVTALRM;
	}
	if (machine.probing)
		siglongjmp(machine.probe, 1);
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
	if (machine.steps_seen != ex.steps) {
		machine.steps_seen = ex.steps;
		machine.idle_ticks = 0;
		if (machine.guarded)
			guard(false);
	} else if (++machine.idle_ticks >= IDLE_TICKS ||
		   (uint64_t)uc->uc_mcontext.gregs[REG_RIP] == machine.endless_pc) {
		if (!in_module((uint64_t)uc->uc_mcontext.gregs[REG_RIP]))
			return;
		machine.idle_ticks = 0;
		if (machine.guarded) {
			machine.endless_pc = (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
			on_fault(number, info, context);
		} else {
			machine.idle_ticks = IDLE_TICKS - 1;
			guard(true);
		}
	}
}

bool machine_probe(struct run_thread *thread, uint64_t address, uint32_t size)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	volatile uint64_t value;
	char message[128];

	machine.probing = true;
	if (sigsetjmp(machine.probe, 0) == 0) {
		value = load_bytes(address, size);
		(void)value;
		machine.probing = false;
		return true;
	}
	machine.probing = false;
	snprintf(message, sizeof message, "thread %u crashes with SIGSEGV (an invalid address)", t);
	snprintf(ex.crash, sizeof ex.crash, "%s", message);
	machine_violation(PROPERTY_MEMORY_SAFETY, t, message);
	return false;
}

static void handle_signal(int number, void (*handler)(int, siginfo_t *, void *), struct sigaction *old)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, old);
}

static void handle_signals(void)
{
	stack_t stack = { .ss_sp = machine.alternate_stack, .ss_size = sizeof machine.alternate_stack };
	struct itimerval tick = { { 0, TICK_US }, { 0, TICK_US } };

	sigaltstack(&stack, NULL);
	handle_signal(SIGSEGV, on_fault, &machine.old_segv);
	handle_signal(SIGBUS, on_fault, &machine.old_bus);
	handle_signal(SIGFPE, on_fault, &machine.old_fpe);
	handle_signal(SIGILL, on_fault, &machine.old_ill);
	handle_signal(SIGVTALRM, on_tick, &machine.old_vtalrm);
	setitimer(ITIMER_VIRTUAL, &tick, NULL);
}

static void unhandle_signals(void)
{
	struct itimerval none = { { 0, 0 }, { 0, 0 } };

	setitimer(ITIMER_VIRTUAL, &none, NULL);
	sigaction(SIGSEGV, &machine.old_segv, NULL);
	sigaction(SIGBUS, &machine.old_bus, NULL);
	sigaction(SIGFPE, &machine.old_fpe, NULL);
	sigaction(SIGILL, &machine.old_ill, NULL);
	sigaction(SIGVTALRM, &machine.old_vtalrm, NULL);
}

/* Says what happened at ex.code. */
static void say_crash(struct run_thread *thread)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	char message[256];

	if (machine.blind) {
		machine_give_up("thread %u loops where the explorer cannot see it: code that is not instrumented "
				"(inline assembly?) reads memory that threads share",
				t);
		return;
	}
	if (crash.signal == SIGVTALRM) {
		snprintf(message, sizeof message, "thread %u loops for ever without reading shared memory", t);
		machine_violation(PROPERTY_PROGRESS, t, message);
		thread->status = THREAD_BLOCKED;
		/* Each takes seconds. */
		if (++machine.endless >= ENDLESS_MAX || ex.stateful) {
			snprintf(ex.crash, sizeof ex.crash, "%s", message);
			ex.end = END_STOP;
		}
		return;
	}
	if (crash.address >= (uint64_t)(uintptr_t)thread->fiber->stack_begin - 4096 &&
	    crash.address < (uint64_t)(uintptr_t)thread->fiber->stack_begin)
		snprintf(message, sizeof message, "thread %u overflows its stack", t);
	else
		snprintf(message, sizeof message, "thread %u crashes with %s", t,
			 crash.signal == SIGSEGV  ? "SIGSEGV (an invalid address)"
			 : crash.signal == SIGBUS ? "SIGBUS"
			 : crash.signal == SIGFPE ? "SIGFPE (a division by zero)"
						  : "SIGILL");
	thread->fiber->lowest = (uint64_t *)(void *)thread->fiber->stack_begin;
	snprintf(ex.crash, sizeof ex.crash, "%s", message);
	machine_violation(PROPERTY_MEMORY_SAFETY, t, message);
}

static void report_crash(struct run_thread *thread)
{
	bool known = ex.crash[0] != '\0' || ex.inconclusive[0] != '\0';

	machine_place(crash.pc, &ex.code);
	say_crash(thread);
	if (!known)
		ex.crash_place = ex.code;
	ex.code = (struct wire_place){ .module = MODULE_NONE };
}

void machine_violation(uint32_t property, uint32_t thread, const char *message)
{
	search_violation(property, thread, message);
	if (ex.end != END_STOP)
		ex.end = END_FINDING;
}

/* ---- plain accesses ---- */

static bool on_own_stack(const struct run_thread *thread, uint64_t address)
{
	return address >= (uint64_t)(uintptr_t)thread->fiber->stack_begin &&
	       address < (uint64_t)(uintptr_t)thread->fiber->stack_end;
}

/* struct trial and the services, which workloads read all the time. */
static bool is_own(uint64_t address)
{
	return (address >= (uint64_t)(uintptr_t)&ex.trial && address < (uint64_t)(uintptr_t)(&ex.trial + 1)) ||
	       (address >= (uint64_t)(uintptr_t)&services && address < (uint64_t)(uintptr_t)(&services + 1));
}

static bool in_data(uint64_t address)
{
	return address >= (uint64_t)(uintptr_t)machine.data &&
	       address < (uint64_t)(uintptr_t)machine.data + TRIAL_DATA_MAX;
}

static bool is_promoted(uint64_t address, uint32_t size)
{
	for (uint32_t i = 0; i < ex.n_promoted; i++) {
		if (ex.promoted[i].address < address + size && address < ex.promoted[i].address + ex.promoted[i].size)
			return true;
	}
	return false;
}

static void promote(uint64_t address, uint32_t size)
{
	if (is_promoted(address, size))
		return;
	if (ex.n_promoted == sizeof ex.promoted / sizeof *ex.promoted) {
		machine_give_up("more plain variables race than the explorer follows");
		return;
	}
	ex.promoted[ex.n_promoted].address = address;
	ex.promoted[ex.n_promoted++].size = size;
	ex.end = END_RESTART;
}

/* A race: reported once per place; from then on its variable is taken as a relaxed atomic, so that what comes of the
 * race is seen too. The workload's data are not: that they race says enough, and the execution goes on. */
static void race(struct run_thread *thread, struct race_place one, const struct race_place *other)
{
	one.thread = (uint32_t)(thread - ex.thread);
	search_race(&one, other);
	/* Sections tell more quickly what is wrong. Without them it shows in the data. */
	if (in_data(one.address) && ex.has_sections)
		return;
	promote(one.address, one.size);
	promote(other->address, other->size);
}

static void check_atomics(struct run_thread *thread, uint64_t address, uint32_t size, bool write, uint64_t pc)
{
	uint32_t location[8], t = (uint32_t)(thread - ex.thread);
	unsigned n = shadow_tracked(address, size, location, 8);

	for (unsigned k = 0; k < n; k++) {
		const struct graph_location *l = &ex.graph->location[location[k]];
		for (unsigned which = 0; which < 2; which++) {
			const struct refs *refs = which == 0 ? &l->writes : &l->reads;
			for (uint32_t i = 0; i < refs->n && (which == 0 || write); i++) {
				const struct event *e = graph_event(ex.graph, refs->ref[i]);
				uint32_t other = REF_THREAD(refs->ref[i]);
				if (other == t || clock_has(&thread->hb, refs->ref[i]) ||
				    e->hb.c[t] > (int)thread->consumed)
					continue;
				race(thread,
				     (struct race_place){ .size = size, .write = write, .pc = pc, .address = address },
				     &(struct race_place){ .thread = other,
							   .size = location_at(location[k])->size,
							   .write = which == 0,
							   .atomic = (e->flags & EVENT_PLAIN) == 0,
							   .pc = e->pc,
							   .address = location_at(location[k])->address });
				return;
			}
		}
	}
}

/* A loop on a plain variable that nothing else touches yet would never end: the variable becomes an event's. */
static void watch_streak(struct run_thread *thread, uint64_t address, uint32_t size, bool write)
{
	if (write || on_own_stack(thread, address) || ++thread->plain_streak < STREAK_MAX)
		return;
	uint64_t state = search_state(thread);
	if (thread->plain_streak == STREAK_MAX || thread->streak_address != address) {
		if (thread->plain_streak % 64 == STREAK_MAX % 64) {
			thread->streak_address = address;
			thread->streak_state = state;
		}
	} else if (thread->streak_state == state) {
		promote(address, size);
	}
}

/* Returns true if the access is an event: of a variable that races, or a write to one that is atomic elsewhere. */
static bool plain_access(struct run_thread *thread, uint64_t address, uint32_t size, bool write)
{
	struct race_place other;
	uint32_t location, t = (uint32_t)(thread - ex.thread);
	uint64_t pc = fiber_pc(thread->fiber);
	bool stack = on_own_stack(thread, address);

	if (is_own(address))
		return false;
	if (ex.processes && !stack && process_strays(thread, address))
		return false;
	if (!stack && heap_check(thread, address, size))
		return false;
	if (write)
		fresh_note_write(address, size);
	if (ex.processes) {
		address = process_address(thread, address);
		if (write)
			process_note_own(thread, address, pc, 1);
	}
	if (ex.stateful)
		return !stack && size <= 8 && pc >= ex.job->plugin_module.begin &&
		       pc < ex.job->plugin_module.end; /* each is a place to go on with another thread */
	if (ex.solo)
		return false;
	if (ex.n_promoted > 0 && is_promoted(address, size))
		return size <= 8;
	if (write && !stack)
		thread->plain_writes++;
	watch_streak(thread, address, size, write);
	if (shadow_access(address, size, write, t, thread->consumed, &thread->hb, pc, &other)) {
		race(thread, (struct race_place){ .size = size, .write = write, .pc = pc, .address = address }, &other);
		return false;
	}
	if (shadow_tracked(address, size, &location, 1) == 0)
		return false;
	check_atomics(thread, address, size, write, pc);
	if (!write || ex.end != END_NONE)
		return false;
	if (size > 8)
		machine_give_up("not modelled: a plain write of %u bytes over an atomic object", size);
	return size <= 8;
}

/* ---- requests ---- */

static const uint8_t rmw_rules[] = { RULE_LOAD, RULE_STORE, RULE_EXCHANGE, RULE_ADD, RULE_SUB,
				     RULE_AND,  RULE_OR,    RULE_XOR,      RULE_NAND };

/* Merged words, alignment; false: the exploration cannot go on as it is. */
static bool shape_action(struct action *action)
{
	uint64_t word = action->address >> 3;

	if (action->rule.library)
		return true;
	if ((action->address & (action->rule.size - 1u)) != 0) {
		machine_give_up("not modelled: an atomic or racing access that is not aligned");
		return false;
	}
	for (uint32_t i = 0; i < ex.n_merged; i++) {
		if (ex.merged[i] != word || action->rule.size == 8)
			continue;
		action->rule.shift = (uint8_t)(8 * (action->address & 7));
		action->rule.part = action->rule.size;
		action->rule.size = 8;
		action->address = word * 8;
	}
	return true;
}

static uint64_t model_address(const struct run_thread *thread, uint64_t address)
{
	return ex.processes ? process_address(thread, address) : address;
}

static void plain_action(struct run_thread *thread, struct action *action, uint32_t size, bool write)
{
	const struct hook_request *request = &thread->fiber->request;

	*action = (struct action){ .kind = ACTION_ACCESS,
				   .hook = (uint32_t)request->hook,
				   .address = model_address(thread, request->argument[0]),
				   .pc = fiber_pc(thread->fiber),
				   .rule = { .rule = write ? RULE_STORE : RULE_LOAD,
					     .order = __ATOMIC_RELAXED,
					     .failure_order = __ATOMIC_RELAXED,
					     .size = (uint8_t)size,
					     .plain = 1 } };
}

static void atomic_action(struct run_thread *thread, struct action *action)
{
	const struct hook_request *request = &thread->fiber->request;
	unsigned index = (unsigned)request->hook - HOOK_load1;
	unsigned size = 1u << (index & 3);
	uint64_t mask = size == 8 ? UINT64_MAX : (UINT64_C(1) << 8 * size) - 1;

	*action = (struct action){ .kind = ACTION_ACCESS,
				   .hook = (uint32_t)request->hook,
				   .address = model_address(thread, request->argument[0]),
				   .pc = fiber_pc(thread->fiber),
				   .rule = { .size = (uint8_t)size } };
	if (request->hook < HOOK_cas1) {
		unsigned rule = rmw_rules[index >> 2];
		unsigned order = (unsigned)(rule == RULE_LOAD ? request->argument[1] : request->argument[2]);
		action->rule.rule = (uint8_t)rule;
		action->rule.operand = request->argument[1] & mask;
		action->rule.order = action->rule.failure_order = (uint8_t)(order & 0x7f);
		return;
	}
	action->rule.rule = RULE_COMPARE;
	action->rule.expected =
	    request->hook < HOOK_cas_val1 ? load_bytes(request->argument[1], size) : request->argument[1] & mask;
	action->rule.operand = request->argument[2] & mask;
	action->rule.order = (uint8_t)(request->argument[3] & 0x7f);
	action->rule.failure_order = (uint8_t)(request->argument[4] & 0x7f);
}

/* step(key, rule, operand, order, call site, expected) */
static void library_action(struct run_thread *thread, struct action *action)
{
	const struct hook_request *request = &thread->fiber->request;

	*action = (struct action){ .kind = ACTION_ACCESS,
				   .hook = HOOK_step,
				   .address = model_address(thread, request->argument[0]),
				   .pc = request->argument[4],
				   .rule = { .rule = (uint8_t)request->argument[1],
					     .operand = request->argument[2],
					     .expected = request->argument[5],
					     .order = (uint8_t)request->argument[3],
					     .failure_order = (uint8_t)request->argument[3],
					     .size = 8,
					     .library = 1 } };
}

/* ranges, and the copies that clang announces: never an event */
static void plain_range(struct run_thread *thread, bool write)
{
	const struct hook_request *request = &thread->fiber->request;
	uint64_t address = request->argument[0], size = request->argument[1];

	for (uint64_t done = 0; done < size && ex.end == END_NONE;) {
		uint64_t chunk = 8 - ((address + done) & 7);
		if (chunk > size - done)
			chunk = size - done;
		if (plain_access(thread, address + done, (uint32_t)chunk, write)) {
			machine_give_up("not modelled: a block copy over an atomic or racing variable");
			return;
		}
		done += chunk;
	}
}

static __attribute__((noinline)) void report_fresh(struct run_thread *thread)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	char message[128];

	machine_site(fiber_pc(thread->fiber), &ex.code);
	if (t < ex.n_threads)
		snprintf(message, sizeof message, "thread %u reads what was never initialized", t);
	else
		snprintf(message, sizeof message, "memory is read that was never initialized");
	machine_violation(PROPERTY_MEMORY_SAFETY, t, message);
	ex.code = (struct wire_place){ .module = MODULE_NONE };
}

/* The plugin reads what nobody has written: an indeterminate value. */
static inline void check_fresh(struct run_thread *thread, uint64_t address, uint32_t size)
{
	uint64_t pc = fiber_pc(thread->fiber);

	if (size > 8 || pc - ex.job->plugin_module.begin >= ex.job->plugin_module.end - ex.job->plugin_module.begin)
		return;
	if (fresh_is_read(address, size) ||
	    (heap_has(address) && heap_has(address + size - 1) && fresh_is_heap_garbage(address, size)))
		report_fresh(thread);
}

static uint32_t plain_size(uint64_t hook, uint64_t first)
{
	return 1u << (hook - first);
}

/* Whose the library's object is, where threads are processes; false: it is another's, and that has been reported. */
static bool library_object(struct run_thread *thread, const struct action *action)
{
	uint64_t object = PROCESS_PLAIN(KEY_ADDRESS(action->address));

	if (!on_own_stack(thread, object) && process_strays(thread, object))
		return false;
	if (memory_is_own(object))
		process_note_own(thread, action->address, action->pc, 2);
	return true;
}

#define LOCK_BYTES_LEAST 4u /* that every mutex, spin lock or semaphore of the library has */

/* A lock or semaphore of the library is made, taken, or unlocked. (Not a futex: one may be woken when its memory has
 * gone already.) */
static bool is_lock_step(const struct action *action)
{
	switch ((enum rule)action->rule.rule) {
	case RULE_STORE:
	case RULE_AWAIT_EXCHANGE:
	case RULE_AWAIT_TAKE:
	case RULE_COMPARE:
	case RULE_TAKE:
		return KEY_OF(action->address) == KEY_VALUE;
	default:
		return false;
	}
}

bool machine_action(struct run_thread *thread, struct action *action)
{
	const struct hook_request *request = &thread->fiber->request;
	uint64_t hook = request->hook;
	uint32_t t = (uint32_t)(thread - ex.thread);

	ex.steps++;
	thread->status = THREAD_READY;
	thread->result = 0;
	if (hook <= HOOK_read_write16) {
		uint64_t first = hook <= HOOK_read16    ? HOOK_read1
				 : hook <= HOOK_write16 ? HOOK_write1
							: HOOK_read_write1;
		bool write = first != HOOK_read1;
		uint32_t size = plain_size(hook, first);
		bool event = plain_access(thread, request->argument[0], size, write);
		/* Not what is read and written at once: bit-fields are set so. */
		if (first == HOOK_read1 && ex.end == END_NONE)
			check_fresh(thread, request->argument[0], size);
		if (!event)
			return false;
		plain_action(thread, action, size, write);
		return shape_action(action);
	}
	if (hook >= HOOK_load1 && hook <= HOOK_cas_val8) {
		if (!on_own_stack(thread, request->argument[0]) &&
		    ((ex.processes && process_strays(thread, request->argument[0])) ||
		     heap_check(thread, request->argument[0], 1u << ((hook - HOOK_load1) & 3))))
			return false;
		atomic_action(thread, action);
		if (rule_reads(&action->rule))
			check_fresh(thread, request->argument[0], 1u << ((hook - HOOK_load1) & 3));
		if (!in_module(action->pc))
			action->pc = thread->library_site; /* of a futex's word, by the library's program */
		if (ex.processes && rule_writes(&action->rule))
			process_note_own(thread, action->address, action->pc, 2);
		return shape_action(action);
	}
	switch (hook) {
	case HOOK_read_range:
	case HOOK_write_range:
		plain_range(thread, hook == HOOK_write_range);
		return false;
	case HOOK_thread_fence:
		*action =
		    (struct action){ .kind = ACTION_FENCE, .hook = HOOK_thread_fence, .pc = fiber_pc(thread->fiber) };
		action->rule.order = (uint8_t)(request->argument[0] & 0x7f);
		return action->rule.order != __ATOMIC_RELAXED;
	case HOOK_step:
		library_action(thread, action);
		if (is_lock_step(action) && heap_check(thread, KEY_ADDRESS(action->address), LOCK_BYTES_LEAST))
			return false;
		if (ex.processes && KEY_OF(action->address) != KEY_GATE)
			return library_object(thread, action);
		return true;
	case HOOK_choice:
		*action = (struct action){ .kind = ACTION_CHOICE,
					   .hook = HOOK_choice,
					   .choices = (uint32_t)request->argument[0],
					   .pc = request->argument[1] };
		return action->choices > 1;
	case HOOK_heap:
		thread->result = heap_request(thread, request);
		return false;
	case HOOK_mark:
		services_mark(thread, (uint32_t)request->argument[0], (uint32_t)request->argument[1]);
		return false;
	case HOOK_finding:
		machine_violation((uint32_t)request->argument[0], t, (const char *)request->argument[1]);
		return false;
	case HOOK_unmodelled:
		machine_give_up("not modelled: %s", (const char *)request->argument[0]);
		return false;
	case HOOK_exit:
		thread->status = THREAD_DONE;
		return false;
	case HOOK_crash:
		report_crash(thread);
		return false;
	default:
		machine_give_up("an unknown hook, %u", (unsigned)hook);
		return false;
	}
}

/* ---- alone: setup, finish, verify ---- */

void machine_solo_access(struct run_thread *thread, const struct action *action)
{
	bool mixed;
	uint64_t old, new = 0;
	struct location *location = NULL;

	if (action->rule.plain)
		return;
	if (action->rule.library) {
		uint32_t index = location_find(action->address, 1, true, &mixed);
		if (index == NO_LOCATION) {
			machine_give_up("the plugin uses more library objects than the explorer follows");
			return;
		}
		location = location_at(index);
		old = location->solo;
	} else {
		if (!machine_probe(thread, action->address, action->rule.size))
			return;
		old = load_bytes(action->address, action->rule.size);
	}
	enum outcome outcome = rule_apply(&action->rule, old, &new);
	if (outcome == OUTCOME_BLOCK) {
		thread->status = THREAD_BLOCKED;
		return;
	}
	if (outcome == OUTCOME_WRITE && location != NULL)
		location->solo = new;
	else if (outcome == OUTCOME_WRITE)
		store_bytes(action->address, action->rule.size, new);
	search_result(thread, action, rule_value(&action->rule, old), outcome);
}

void machine_resume(struct run_thread *thread)
{
	if (ex.processes)
		memory_switch((unsigned)(thread - ex.thread));
	fiber_resume(thread->fiber, thread->result);
}

void machine_solo(struct run_thread *thread)
{
	struct action action;
	uint64_t steps = 0;

	while (thread->status == THREAD_READY && ex.end == END_NONE) {
		machine_resume(thread);
		thread->status = THREAD_ASKING;
		if (machine_action(thread, &action) && ex.end == END_NONE) {
			if (action.kind == ACTION_ACCESS)
				machine_solo_access(thread, &action);
		}
		if (++steps > STEPS_MAX) {
			thread->status = THREAD_BLOCKED;
			break;
		}
	}
}

static void run_setup(void *argument)
{
	(void)argument;
	ex.job->workload->setup(&ex.trial);
}

static void run_thread(void *argument)
{
	ex.job->workload->thread(&ex.trial, (unsigned)(uintptr_t)argument);
}

static void run_finish(void *argument)
{
	(void)argument;
	if (ex.job->workload->finish != NULL)
		ex.job->workload->finish(&ex.trial);
}

static void run_verify(void *argument)
{
	(void)argument;
	if (ex.job->workload->verify != NULL)
		ex.job->workload->verify(&ex.trial);
}

static void solo(void (*function)(void *))
{
	struct run_thread *thread = &ex.thread[ex.n_threads];

	memset(thread, 0, sizeof *thread);
	thread->pending = REF_INITIAL;
	thread->fiber = fiber_get(ex.n_threads);
	fiber_start(thread->fiber, function, NULL);
	thread->status = THREAD_READY;
	ex.solo = true;
	machine_solo(thread);
	ex.solo = false;
	if (thread->status == THREAD_BLOCKED && ex.end == END_NONE) {
		char message[128];
		snprintf(message, sizeof message, "%s does not return",
			 thread->operation == TRIAL_INIT      ? "init()"
			 : thread->operation == TRIAL_DESTROY ? "destroy()"
							      : "a call of the plugin, made by one thread alone,");
		machine_violation(PROPERTY_PROGRESS, ex.n_threads, message);
	}
}

/* ---- life ---- */

static int make_objects(void)
{
	size_t pages = object_pages();
	size_t stride = pages + 2 * 4096;

	machine.objects_bytes = stride * TRIAL_OBJECTS_MAX;
	machine.objects = mmap(NULL, machine.objects_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	machine.data =
	    mmap(NULL, TRIAL_DATA_MAX, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (machine.objects == MAP_FAILED || machine.data == MAP_FAILED)
		return -ENOMEM;
	for (unsigned i = 0; i < ex.job->workload->objects && i < TRIAL_OBJECTS_MAX; i++) {
		char *begin = machine.objects + i * stride + 4096;
		if (mprotect(begin, pages, PROT_READ | PROT_WRITE) != 0)
			return -errno;
		/* As near to the guard page behind it as its alignment allows; the rest is canaries. */
		memset(begin, FRESH_OBJECT, pages);
		ex.object[i] = begin + (pages - ex.job->object_size) / 64 * 64;
		int r = memory_add(begin, pages);
		if (r == 0)
			r = fresh_add(begin, pages);
		if (r < 0)
			return r;
	}
	return 0;
}

static bool all_canaries(const unsigned char *begin, const unsigned char *end)
{
	const uint64_t canary = UINT64_C(0xa5a5a5a5a5a5a5a5);
	uint64_t word[8], differ = 0;

	for (; end - begin >= (ptrdiff_t)sizeof word; begin += sizeof word) {
		memcpy(word, begin, sizeof word);
		differ |= (word[0] ^ canary) | (word[1] ^ canary) | (word[2] ^ canary) | (word[3] ^ canary) |
			  (word[4] ^ canary) | (word[5] ^ canary) | (word[6] ^ canary) | (word[7] ^ canary);
	}
	if (differ != 0)
		return false;
	for (; begin < end; begin++) {
		if (*begin != FRESH_OBJECT)
			return false;
	}
	return true;
}

/* Bytes around the objects that are not theirs. */
bool machine_canaries_intact(void)
{
	size_t pages = object_pages();

	for (unsigned i = 0; i < ex.job->workload->objects; i++) {
		const unsigned char *begin = (unsigned char *)machine.objects + i * (pages + 2 * 4096) + 4096;
		const unsigned char *object = ex.object[i];
		const unsigned char *after = object + ex.job->object_size;
		if (!all_canaries(begin, object) || !all_canaries(after, begin + pages))
			return false;
	}
	return true;
}

int machine_create(void)
{
	uintptr_t bases[2] = { ex.job->plugin_module.base, ex.job->workload_module.base };
	const struct redirection *table;
	size_t n, data = ex.job->workload->data_size(ex.n_threads, ex.trial.rounds);
	int r;

	if ((r = make_objects()) < 0 || (r = heap_create(ex.n_threads + 1)) < 0)
		return r;
	if ((r = fibers_create(ex.n_threads + 1, bases, 2)) < 0)
		return r;
	for (unsigned i = 0; i <= ex.n_threads; i++) {
		const struct fiber *fiber = fiber_get(i);
		for (unsigned k = 0; k < fiber->n_tls; k++) {
			if ((r = memory_add(fiber->tls[k].begin, fiber->tls[k].size)) < 0)
				return r;
		}
	}
	table = library_table(&n);
	if ((r = redirect_module(&ex.job->plugin_module, table, n)) < 0 ||
	    (r = redirect_module(&ex.job->workload_module, table, n)) < 0 ||
	    (r = memory_add_module(&ex.job->plugin_module)) < 0 ||
	    (r = memory_add_module(&ex.job->workload_module)) < 0 ||
	    (r = memory_add(&library_state, offsetof(struct library_state, thread) +
						(ex.n_threads + 1) * sizeof library_state.thread[0])) < 0 ||
	    (r = memory_add(machine.data, data)) < 0)
		return r;
	ex.trial.data = machine.data;
	hook_unseen[0].begin = (uint64_t)(uintptr_t)&ex.trial;
	hook_unseen[0].size = sizeof ex.trial;
	hook_unseen[1].begin = (uint64_t)(uintptr_t)&services;
	hook_unseen[1].size = sizeof services;
	handle_signals();
	return 0;
}

void machine_destroy(void)
{
	unhandle_signals();
	fibers_destroy();
	heap_destroy();
	fresh_forget();
	memory_forget();
	munmap(machine.objects, machine.objects_bytes);
	munmap(machine.data, TRIAL_DATA_MAX);
}

int machine_setup(void)
{
	int r;

	for (unsigned i = 0; i < TRIAL_SECTIONS_MAX; i++)
		ex.capacity[i] = 1;
	solo(run_setup);
	if (ex.processes && (r = process_fork()) < 0)
		return r;
	memory_save();
	heap_save();
	for (uint32_t i = 0; i < locations_count(); i++)
		location_at(i)->saved = location_at(i)->solo;
	return 0;
}

void machine_start(void)
{
	memory_restore();
	heap_restore();
	for (uint32_t i = 0; i < locations_count(); i++)
		location_at(i)->solo = location_at(i)->saved;
	if (ex.processes)
		process_reset();
	shadow_reset();
	ex.generation++;
	ex.end = END_NONE;
	ex.n_visits = 0;
	ex.forward = false;
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		struct run_thread *thread = &ex.thread[t];
		memset(thread, 0, sizeof *thread);
		thread->pending = REF_INITIAL;
		thread->fiber = fiber_get(t);
		fiber_start(thread->fiber, run_thread, (void *)(uintptr_t)t);
		thread->status = THREAD_READY;
	}
}

void machine_finish(void)
{
	ex.in_finish = true;
	for (uint32_t i = 0; i < locations_count(); i++) {
		struct location *location = location_at(i);
		if (location->library && location->generation == ex.generation)
			location->solo = location->memory;
	}
	solo(run_finish);
	if (ex.end == END_NONE && !machine_canaries_intact())
		machine_violation(PROPERTY_MEMORY_SAFETY, ex.n_threads,
				  "the plugin writes outside of its object's storage");
	/* A leak ends nothing: the execution still tells of all else. */
	if (ex.end == END_NONE)
		heap_check_leaks();
	if (ex.end == END_NONE)
		solo(run_verify);
	if (ex.end == END_NONE && ex.observe != NULL)
		ex.observe(ex.observe_context, machine.data, TRIAL_DATA_MAX);
	ex.in_finish = false;
}

/* A return address is that of the next instruction, often of the next line. */
void machine_site(uint64_t return_address, struct wire_place *place)
{
	machine_place(return_address != 0 ? return_address - 1 : 0, place);
}

void machine_place(uint64_t address, struct wire_place *place)
{
	const struct engine_module *plugin = &ex.job->plugin_module, *client = &ex.job->workload_module;

	*place = (struct wire_place){ .module = MODULE_NONE };
	if (KEY_OF(address) != 0)
		address = KEY_ADDRESS(address);
	address = PROCESS_PLAIN(address);
	if (address >= plugin->begin && address < plugin->end) {
		*place = (struct wire_place){ .module = MODULE_PLUGIN, .offset = address - plugin->base };
	} else if (address >= client->begin && address < client->end) {
		*place = (struct wire_place){ .module = MODULE_WORKLOAD, .offset = address - client->base };
	} else if (in_data(address)) {
		*place =
		    (struct wire_place){ .module = MODULE_DATA, .offset = address - (uint64_t)(uintptr_t)machine.data };
	} else {
		for (unsigned i = 0; i < TRIAL_OBJECTS_MAX; i++) {
			uint64_t begin = (uint64_t)(uintptr_t)ex.object[i];
			if (address >= begin && address < begin + ex.job->object_size)
				*place = (struct wire_place){ .module = MODULE_OBJECT,
							      .offset = address - begin,
							      .index = i };
		}
		if (place->module == MODULE_NONE && address != 0)
			*place = (struct wire_place){ .module = MODULE_OTHER, .offset = address };
	}
}
