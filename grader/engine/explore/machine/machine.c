/* One execution at a time: the threads, their memory, from fresh state to the end. */
#include "internal.h"

#include <errno.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "crash.h"
#include "fresh.h"
#include "hash.h"
#include "heap.h"
#include "library.h"
#include "library_state.h"
#include "lifetime.h"
#include "memory.h"
#include "objects.h"
#include "process.h"
#include "range.h"
#include "redirect.h"
#include "search.h"
#include "services.h"

#define SOLO_STEPS_LONG 2000000u /* of a call that one thread makes alone, before it is looked whether it ends */
#define SOLO_STEPS_MAX 10000000u

struct explorer ex;

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

void machine_violation_of_two(uint32_t property, uint32_t thread, const struct race_place *other, const char *message)
{
	search_violation_of_two(property, thread, other, message);
	if (ex.end != END_STOP)
		ex.end = END_FINDING;
}

void machine_violation(uint32_t property, uint32_t thread, const char *message)
{
	search_violation(property, thread, message);
	if (ex.end != END_STOP)
		ex.end = END_FINDING;
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
	if (thread->ahead)
		return;
	if (ex.processes)
		memory_switch((unsigned)(thread - ex.thread));
	fiber_resume(thread->fiber, thread->result);
}

/* All that a thread's future depends on that runs alone. */
static uint64_t solo_state(void)
{
	uint64_t h = hash_mix(memory_hash(), heap_hash());

	for (uint32_t i = 0; i < locations_count(); i++)
		h = location_at(i)->library ? hash_mix(h, location_at(i)->solo) : h;
	return h;
}

/* Whether the thread, which takes long, goes round in one state; if it takes longer still, nobody knows. */
static bool is_endless(struct run_thread *thread, uint64_t steps)
{
	static uint64_t stack, all;

	if (steps == SOLO_STEPS_LONG) {
		stack = search_state(thread);
		all = solo_state();
	} else if (search_state(thread) == stack && solo_state() == all) {
		return true;
	}
	if (steps == SOLO_STEPS_MAX)
		machine_give_up("a call of the plugin, made by one thread alone, takes more than %u steps",
				SOLO_STEPS_MAX);
	return false;
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
		redirect_construct(&ex.job->plugin_module);
	if (has_early_memory())
		call_unmodelled("memory that was allocated when the plugin was loaded");
	ex.job->workload->setup(&ex.trial);
}

static void run_thread(void *argument)
{
	ex.job->workload->thread(&ex.trial, (unsigned)(uintptr_t)argument);
	library_thread_ends();
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

	memset(thread, 0, offsetof(struct run_thread, last));
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

int machine_create(void)
{
	uintptr_t bases[2] = { ex.job->plugin_module.base, ex.job->workload_module.base };
	struct redirect_policy all = library_policy(), listed = all;
	size_t data = ex.job->workload->data_size(ex.n_threads, ex.trial.rounds);
	int r;
	memset(&library_state, 0, sizeof library_state);

	if ((r = objects_create()) < 0 || (r = heap_create(ex.n_threads + 1)) < 0)
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
	listed.is_harmless = NULL; /* the workload is trusted to know what it does */
	if ((r = redirect_module(&ex.job->plugin_module, &all)) < 0 ||
	    (r = redirect_module(&ex.job->workload_module, &listed)) < 0 ||
	    (r = memory_add_module(&ex.job->plugin_module)) < 0 ||
	    (r = memory_add_module(&ex.job->workload_module)) < 0 ||
	    (r = memory_add(&library_state, offsetof(struct library_state, thread) +
						(ex.n_threads + 1) * sizeof library_state.thread[0])) < 0 ||
	    (r = memory_add(objects_data(), data)) < 0)
		return r;
	ex.trial.data = objects_data();
	hook_unseen[0].begin = (uint64_t)(uintptr_t)&ex.trial;
	hook_unseen[0].size = sizeof ex.trial;
	hook_unseen[1].begin = (uint64_t)(uintptr_t)&services;
	hook_unseen[1].size = sizeof services;
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
		ex.capacity[i] = 1;
	solo(run_setup);
	if (ex.processes && (r = process_fork()) < 0)
		return r;
	memory_save();
	fresh_save();
	if ((r = heap_save()) < 0)
		return r;
	for (uint32_t i = 0; i < locations_count(); i++)
		location_at(i)->saved = location_at(i)->solo;
	return 0;
}

void machine_start(void)
{
	memory_restore();
	fresh_restore();
	heap_restore();
	for (uint32_t i = 0; i < locations_count(); i++)
		location_at(i)->solo = location_at(i)->saved;
	if (ex.processes)
		process_reset();
	shadow_reset();
	lifetime_reset();
	library_mode.states = ex.stateful;
	ex.generation++;
	ex.end = END_NONE;
	ex.n_visits = 0;
	ex.forward = false;
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		struct run_thread *thread = &ex.thread[t];
		memset(thread, 0, offsetof(struct run_thread, last));
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
	if (ex.end == END_NONE && !objects_intact())
		machine_violation(PROPERTY_MEMORY_SAFETY, ex.n_threads,
				  "the plugin writes outside of its object's storage");
	/* A leak ends nothing: the execution still tells of all else. */
	if (ex.end == END_NONE && !library_leaves_to_the_end())
		heap_check_leaks();
	/* What goes wrong at the end takes nothing from what the threads have done. */
	if (ex.end == END_FINDING)
		ex.end = END_NONE;
	if (ex.end == END_NONE)
		solo(run_verify);
	if (ex.end == END_NONE && ex.observe != NULL)
		ex.observe(ex.observe_context, objects_data(), TRIAL_DATA_MAX);
	ex.in_finish = false;
}
