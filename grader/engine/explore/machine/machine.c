/* One execution at a time: the threads, their memory, from fresh state to the end. */
#include "machine.h"

#include <errno.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "clear.h"
#include "crash.h"
#include "fresh.h"
#include "hash.h"
#include "heap.h"
#include "library.h"
#include "library_state.h"
#include "lifetime.h"
#include "memory.h"
#include "names.h"
#include "objects.h"
#include "process.h"
#include "range.h"
#include "redirect.h"

#define SOLO_STEPS_LONG 2000000u /* of a call that one thread makes alone, before it is looked whether it ends */
#define SOLO_STEPS_MAX 10000000u

struct machine *machine;

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

void machine_give_up(enum said why, ...)
{
	va_list arguments;

	machine->end = END_STOP;
	if (machine->inconclusive[0] != '\0')
		return;
	va_start(arguments, why);
	said_vwrite(machine->inconclusive, sizeof machine->inconclusive, why, arguments);
	va_end(arguments);
}

void machine_promote(uint64_t address, uint32_t size)
{
	if (shapes_promote(&machine->model, address, size))
		machine->end = END_RESTART;
	else
		machine_give_up(SAID_MORE_PLAIN_VARIABLES_RACE_THAN);
}

uint64_t machine_state(const struct run_thread *thread)
{
	const struct fiber *fiber = thread->fiber;
	const char *sp = (const char *)fiber->stack;

	return hash_bytes(sp, (size_t)(fiber->stack_end - sp), (uint64_t)(uintptr_t)sp) | 1;
}

void machine_answer(struct run_thread *thread, const struct action *action, uint64_t value, enum outcome outcome)
{
	thread->result = value;
	if (action->hook >= HOOK_cas1 && action->hook < HOOK_cas_val1) {
		uint64_t expected = thread->fiber->request.argument[1];
		/* Another process may have been run since the thread asked. */
		if (machine->processes)
			expected = process_address(thread, expected);
		if (outcome != OUTCOME_WRITE)
			store_bytes(expected, action->rule.part != 0 ? action->rule.part : action->rule.size, value);
		thread->result = outcome == OUTCOME_WRITE;
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
		uint32_t index = location_find(&machine->model, action->address, 1, true, &mixed);
		if (index == NO_LOCATION) {
			machine_give_up(SAID_THE_PLUGIN_USES_MORE_LIBRARY);
			return;
		}
		location = location_at(&machine->model, index);
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
	machine_answer(thread, action, rule_value(&action->rule, old), outcome);
}

void machine_resume(struct run_thread *thread)
{
	if (thread->ahead)
		return;
	if (machine->processes)
		memory_switch((unsigned)(thread - machine->thread));
	if (machine->stateful)
		fiber_clear_below(thread->fiber);
	fiber_resume(thread->fiber, thread->result);
}

/* All that a thread's future depends on that runs alone. */
static uint64_t solo_state(void)
{
	uint64_t h = hash_mix(memory_hash(), heap_hash());

	for (uint32_t i = 0; i < machine->model.n_locations; i++)
		h = location_at(&machine->model, i)->library ? hash_mix(h, location_at(&machine->model, i)->solo) : h;
	return h;
}

/* Whether the thread, which takes long, goes round in one state; if it takes longer still, nobody knows. */
static bool is_endless(struct run_thread *thread, uint64_t steps)
{
	static uint64_t stack, all;

	if (steps == SOLO_STEPS_LONG) {
		stack = machine_state(thread);
		all = solo_state();
	} else if (machine_state(thread) == stack && solo_state() == all) {
		return true;
	}
	if (steps == SOLO_STEPS_MAX)
		machine_give_up(SAID_A_CALL_OF_THE_PLUGIN_MADE, SOLO_STEPS_MAX);
	return false;
}

void machine_solo(struct run_thread *thread)
{
	struct action action;
	uint64_t steps = 0;

	while (thread->status == THREAD_READY && machine->end == END_NONE) {
		machine_resume(thread);
		thread->status = THREAD_ASKING;
		if (machine_action(thread, &action) && machine->end == END_NONE) {
			if (action.kind == ACTION_ACCESS)
				machine_solo_access(thread, &action);
		}
		if (++steps >= SOLO_STEPS_LONG && thread->status == THREAD_READY && is_endless(thread, steps)) {
			thread->status = THREAD_BLOCKED;
			break;
		}
	}
}

/* The first is the program itself. */
static int note_end(struct dl_phdr_info *info, size_t size, void *context)
{
	uint64_t *end = context;

	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		uint64_t segment = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
		if (info->dlpi_phdr[i].p_type == PT_LOAD && segment > *end)
			*end = segment;
	}
	return 1;
}

/* Whether the plugin has memory of the process' own heap, taken when it was loaded: no execution would find that as the
 * one before did. The heap begins behind the program. */
static bool has_early_memory(void)
{
	uint64_t program_end = 0;

	dl_iterate_phdr(note_end, &program_end);
	return memory_points_into(program_end, (uint64_t)(uintptr_t)sbrk(0));
}

static void run_setup(void *argument)
{
	(void)argument;
	if (has_early_memory())
		redirect_construct(&machine->job->plugin_module);
	if (has_early_memory())
		call_unmodelled(said_only(SAID_MEMORY_THAT_WAS_ALLOCATED_WHEN));
	machine->job->workload->setup(&machine->trial);
}

static void run_thread(void *argument)
{
	machine->job->workload->thread(&machine->trial, (unsigned)(uintptr_t)argument);
	library_thread_ends();
}

static void run_finish(void *argument)
{
	(void)argument;
	if (machine->job->workload->finish != NULL)
		machine->job->workload->finish(&machine->trial);
}

static void run_verify(void *argument)
{
	(void)argument;
	if (machine->job->workload->verify != NULL)
		machine->job->workload->verify(&machine->trial);
}

static void solo(void (*function)(void *))
{
	struct run_thread *thread = &machine->thread[machine->n_threads];

	clear_blocks(thread, sizeof *thread);
	thread->pending = REF_INITIAL;
	thread->fiber = fiber_get(machine->n_threads);
	fiber_start(thread->fiber, function, NULL);
	thread->status = THREAD_READY;
	machine->solo = true;
	machine_solo(thread);
	machine->solo = false;
	if (thread->status == THREAD_BLOCKED && machine->end == END_NONE) {
		char message[128];
		if (thread->operation == TRIAL_INIT || thread->operation == TRIAL_DESTROY)
			said_write(message, sizeof message, SAID_DOES_NOT_RETURN, operation_name(thread->operation));
		else
			said_write(message, sizeof message, SAID_A_CALL_OF_THE_PLUGIN);
		finding_ends(PROPERTY_PROGRESS, machine->n_threads, message);
	}
}

/* ---- life ---- */

static bool may_share_pointer(const struct redirect_policy *policy, const struct redirect_policy *trusting)
{
	return !machine->request->reads_thread_pointer &&
	       !redirect_asks_for_thread(&machine->job->plugin_module, policy) &&
	       !redirect_asks_for_thread(&machine->job->workload_module, trusting);
}

/* What each thread has for itself. Nobody asks for errno where it is the same for all. */
static int add_thread_locals(bool shared_pointer)
{
	int r = 0;

	for (unsigned i = 0; i <= machine->n_threads && r == 0; i++) {
		const struct fiber *fiber = fiber_get(i);
		if (!shared_pointer)
			r = memory_add(fiber->error_number, sizeof *fiber->error_number);
		for (unsigned k = 0; k < fiber->n_tls && r == 0; k++)
			r = memory_add(fiber->tls[k].begin, fiber->tls[k].size);
	}
	return r;
}

int machine_create(void)
{
	uintptr_t bases[2] = { machine->job->plugin_module.base, machine->job->workload_module.base };
	struct redirect_policy policy = library_policy(), trusting = library_trusting(policy);
	size_t data = machine->job->workload->data_size(machine->n_threads, machine->trial.rounds);
	int r;
	memset(&library_state, 0, sizeof library_state);

	if ((r = objects_create()) < 0 || (r = heap_create(machine->n_threads + 1)) < 0)
		return r;
	if ((r = fibers_create(machine->n_threads + 1, bases, 2)) < 0)
		return r;
	bool shared_pointer = may_share_pointer(&policy, &trusting);
	if (shared_pointer)
		fibers_share_pointer();
	if ((r = add_thread_locals(shared_pointer)) < 0 ||
	    (r = redirect_module(&machine->job->plugin_module, &policy)) < 0 ||
	    (r = redirect_module(&machine->job->workload_module, &trusting)) < 0 ||
	    (r = memory_add_module(&machine->job->plugin_module)) < 0 ||
	    (r = memory_add_module(&machine->job->workload_module)) < 0 ||
	    (r = memory_add(&library_state, offsetof(struct library_state, thread) +
						(machine->n_threads + 1) * sizeof library_state.thread[0])) < 0 ||
	    (r = memory_add(objects_data(), data)) < 0)
		return r;
	machine->trial.data = objects_data();
	hook_unseen[0].begin = (uint64_t)(uintptr_t)&machine->trial;
	hook_unseen[0].size = sizeof machine->trial;
	hook_unseen[1].begin = (uint64_t)(uintptr_t)machine->user->services;
	hook_unseen[1].size = sizeof *machine->user->services;
	crash_handle_signals();
	return 0;
}

void machine_destroy(void)
{
	crash_unhandle_signals();
	lifetime_fini();
	range_fini();
	shadow_fini();
	fibers_destroy();
	heap_destroy();
	fresh_forget();
	memory_forget();
	objects_destroy();
}

int machine_setup(void)
{
	int r;

	for (unsigned i = 0; i < TRIAL_SECTIONS_MAX; i++)
		machine->capacity[i] = 1;
	solo(run_setup);
	if (machine->processes && (r = process_fork()) < 0)
		return r;
	memory_save();
	fresh_save();
	if ((r = heap_save()) < 0)
		return r;
	for (uint32_t i = 0; i < machine->model.n_locations; i++)
		location_at(&machine->model, i)->saved = location_at(&machine->model, i)->solo;
	return 0;
}

void machine_start(void)
{
	memory_restore();
	fresh_restore();
	heap_restore();
	for (uint32_t i = 0; i < machine->model.n_locations; i++)
		location_at(&machine->model, i)->solo = location_at(&machine->model, i)->saved;
	if (machine->processes)
		process_reset();
	shadow_reset();
	lifetime_reset();
	library_mode.states = machine->stateful;
	machine->generation++;
	machine->end = END_NONE;
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		struct run_thread *thread = &machine->thread[t];
		clear_blocks(thread, sizeof *thread);
		thread->pending = REF_INITIAL;
		thread->fiber = fiber_get(t);
		fiber_start(thread->fiber, run_thread, (void *)(uintptr_t)t);
		thread->status = THREAD_READY;
	}
}

void machine_finish(void)
{
	for (uint32_t i = 0; i < machine->model.n_locations; i++) {
		struct location *location = location_at(&machine->model, i);
		if (location->library && location->generation == machine->generation)
			location->solo = location->memory;
	}
	solo(run_finish);
	if (machine->end == END_NONE && !objects_intact())
		finding_ends(PROPERTY_MEMORY_SAFETY, machine->n_threads, said_only(SAID_THE_PLUGIN_WRITES_OUTSIDE_OF));
	/* A leak ends nothing: the execution still tells of all else. */
	if (machine->end == END_NONE && !library_leaves_to_the_end())
		heap_check_leaks();
	/* What goes wrong at the end takes nothing from what the threads have done. */
	if (machine->end == END_FINDING)
		machine->end = END_NONE;
	if (machine->end == END_NONE)
		solo(run_verify);
	if (machine->end == END_NONE && machine->observe != NULL)
		machine->observe(machine->observe_context, objects_data(), TRIAL_DATA_MAX);
}
