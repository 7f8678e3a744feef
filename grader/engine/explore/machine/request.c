/* What a thread's pending request asks for: an event of the model, or something that is done at once. */
#include "machine.h"

#include <stdatomic.h>
#include <stdio.h>

#include "access.h"
#include "board.h"
#include "crash.h"
#include "fresh.h"
#include "heap.h"
#include "lifetime.h"
#include "memory.h"
#include "process.h"
#include "range.h"

enum { HEARTBEAT_STEPS = 64 };

static const uint8_t rmw_rules[] = { RULE_LOAD, RULE_STORE, RULE_EXCHANGE, RULE_ADD, RULE_SUB,
				     RULE_AND,  RULE_OR,    RULE_XOR,      RULE_NAND };

/* Merged words, alignment; false: the exploration cannot go on as it is. */
static bool shape_action(struct action *action)
{
	uint64_t address = action->address;
	uint32_t size = action->rule.size;

	if (action->rule.library)
		return true;
	if ((action->address & (action->rule.size - 1u)) != 0) {
		machine_give_up(SAID_NOT_MODELLED, said_only(SAID_AN_ATOMIC_OR_RACING_ACCESS));
		return false;
	}
	locations_widen(&machine->model, &address, &size);
	if (size != action->rule.size) {
		action->rule.shift = (uint8_t)(8 * (action->address - address));
		action->rule.part = action->rule.size;
		action->rule.size = (uint8_t)size;
		action->address = address;
	}
	return true;
}

static uint64_t model_address(const struct run_thread *thread, uint64_t address)
{
	return machine->processes ? process_address(thread, address) : address;
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

uint8_t machine_garbage(uint64_t address, uint32_t size)
{
	if (PROCESS_TAGGED(address))
		return 0;
	if (heap_has(address) && heap_has(address + size - 1) && fresh_is_heap_garbage(address, size))
		return 0xff;
	return fresh_mask(address, size);
}

/* What comes of it is seen too: the execution goes on. */
__attribute__((noinline)) void machine_fresh_read(struct run_thread *thread, uint64_t pc)
{
	uint32_t t = thread_number(thread);
	const struct engine_module *plugin = &machine->job->plugin_module;
	char message[128];

	if (pc < plugin->begin || pc >= plugin->end)
		return;
	/* A schedule that goes on is of something that was found later. */
	if (machine->tracing && !machine->solo && machine->to_come)
		return;
	machine_site(pc, &machine->code);
	if (t < machine->n_threads)
		said_write(message, sizeof message, SAID_THREAD_READS_WHAT_WAS_NEVER, t);
	else
		said_write(message, sizeof message, SAID_MEMORY_IS_READ_THAT_WAS);
	finding(PROPERTY_MEMORY_SAFETY, t, message);
	machine->code = (struct wire_place){ .module = MODULE_NONE };
}

/* The plugin reads what nobody has written: an indeterminate value. (Events: see event_perform().) */
static inline void check_fresh(struct run_thread *thread, uint64_t address, uint32_t size)
{
	uint64_t pc = fiber_pc(thread->fiber);

	if (size > 8 || pc - machine->job->plugin_module.begin >=
			    machine->job->plugin_module.end - machine->job->plugin_module.begin)
		return;
	if (fresh_is_read(address, size) ||
	    (heap_has(address) && heap_has(address + size - 1) && fresh_is_heap_garbage(address, size)))
		machine_fresh_read(thread, pc);
}

static void give_up_unmodelled(const struct run_thread *thread, const char *what)
{
	uint64_t site = fiber_pc(thread->fiber) - 1;

	if (machine->inconclusive[0] == '\0')
		machine_place(in_module(site) ? site : thread->library_site, &machine->crash_place);
	machine_give_up(SAID_NOT_MODELLED, what);
}

static uint32_t plain_size(uint64_t hook, uint64_t first)
{
	return 1u << (hook - first);
}

/* Whose the library's object is, where threads are processes; false: it is another's, and that has been reported. */
static bool library_object(struct run_thread *thread, const struct action *action)
{
	uint64_t object = PROCESS_PLAIN(KEY_ADDRESS(action->address));

	if (!access_on_own_stack(thread, object) && process_strays(thread, object))
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

/* Whether these bytes are alive, and the thread's to use; if not, that has been reported. */
static bool may_access(struct run_thread *thread, uint64_t address, uint32_t size)
{
	const struct fiber *owner = fiber_of_stack(address);

	if (machine->processes && owner != thread->fiber && process_strays(thread, address))
		return false;
	if (owner != NULL)
		return !lifetime_stack(thread, owner, address, size, fiber_pc(thread->fiber));
	return !heap_check(thread, address, size);
}

static void tell_access(const struct run_thread *thread, uint64_t address, uint32_t size, bool write)
{
	if (machine->listener != NULL && machine->listener->access != NULL)
		machine->listener->access(machine->listener_context, thread, address, size, write);
}

bool machine_action(struct run_thread *thread, struct action *action)
{
	const struct hook_request *request = &thread->fiber->request;
	uint64_t hook = request->hook;
	uint32_t t = thread_number(thread);

	if (++machine->steps % HEARTBEAT_STEPS == 0 && machine->job->board != NULL)
		atomic_store_explicit(&machine->job->board->steps, machine->steps, memory_order_relaxed);
	thread->status = THREAD_READY;
	thread->result = 0;
	if (machine->listener != NULL && machine->listener->over != NULL)
		machine->listener->over(machine->listener_context);
	if (thread->ahead && range_next(thread, action))
		return true;
	lifetime_frames(thread);
	if (machine->end != END_NONE)
		return false;
	if (hook <= HOOK_read_write16) {
		uint64_t first = hook <= HOOK_read16    ? HOOK_read1
				 : hook <= HOOK_write16 ? HOOK_write1
							: HOOK_read_write1;
		bool write = first != HOOK_read1;
		uint32_t size = plain_size(hook, first);
		if (size > 8 || (write && range_is_split(thread, request->argument[0], size)))
			return range_access(thread, request->argument[0], size, write, action);
		bool event = access_plain(thread, request->argument[0], size, write);
		/* Not what is read and written at once: bit-fields are set so. */
		if (first == HOOK_read1 && !event && machine->end == END_NONE)
			check_fresh(thread, request->argument[0], size);
		if (!event) {
			tell_access(thread, request->argument[0], size, write);
			return false;
		}
		plain_action(thread, action, size, write);
		return shape_action(action);
	}
	if (hook >= HOOK_load1 && hook <= HOOK_cas_val8) {
		if (!may_access(thread, request->argument[0], 1u << ((hook - HOOK_load1) & 3)))
			return false;
		atomic_action(thread, action);
		if (machine->solo && rule_reads(&action->rule))
			check_fresh(thread, request->argument[0], 1u << ((hook - HOOK_load1) & 3));
		if (!in_module(action->pc))
			action->pc = thread->library_site; /* of a futex's word, by the library's program */
		if (machine->processes && rule_writes(&action->rule))
			process_note_own(thread, action->address, action->pc, 2);
		return shape_action(action);
	}
	switch (hook) {
	case HOOK_read_range:
	case HOOK_write_range:
		return range_access(thread, request->argument[0], request->argument[1], hook == HOOK_write_range,
				    action);
	case HOOK_thread_fence:
		*action =
		    (struct action){ .kind = ACTION_FENCE, .hook = HOOK_thread_fence, .pc = fiber_pc(thread->fiber) };
		action->rule.order = (uint8_t)(request->argument[0] & 0x7f);
		return action->rule.order != __ATOMIC_RELAXED;
	case HOOK_step:
		library_action(thread, action);
		if (is_lock_step(action) && heap_check(thread, KEY_ADDRESS(action->address), LOCK_BYTES_LEAST))
			return false;
		if (machine->processes && KEY_OF(action->address) != KEY_GATE)
			return library_object(thread, action);
		return true;
	case HOOK_choice:
		*action = (struct action){ .kind = ACTION_CHOICE,
					   .hook = HOOK_choice,
					   .choices = (uint32_t)request->argument[0],
					   .surprise = (enum surprise)request->argument[2],
					   .pc = request->argument[1] };
		return action->choices > 1;
	case HOOK_heap:
		thread->result = heap_request(thread, request);
		return false;
	case HOOK_mark:
		machine->user->mark(machine->user_context, thread, (uint32_t)request->argument[0],
				    (uint32_t)request->argument[1]);
		return false;
	case HOOK_object:
		lifetime_object(thread);
		return false;
	case HOOK_finding:
		lifetime_blame(request->argument[2], thread->library_site);
		finding_ends((uint32_t)request->argument[0], t, (const char *)request->argument[1]);
		lifetime_no_blame();
		return false;
	case HOOK_unmodelled:
		give_up_unmodelled(thread, (const char *)request->argument[0]);
		return false;
	case HOOK_exit:
		thread->status = THREAD_DONE;
		return false;
	case HOOK_crash:
		crash_report(thread);
		return false;
	default:
		machine_give_up(SAID_AN_UNKNOWN_HOOK, (unsigned)hook);
		return false;
	}
}
