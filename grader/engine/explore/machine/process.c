#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "library.h"
#include "memory.h"

/* Library objects in shared memory that are not for more than one process, and who uses them. */
static struct used {
	uint64_t object;
	uint32_t thread;
} * used;
static unsigned n_used, used_capacity;

/* A forked process is in a copy of the thread that forked. */
static void copy_thread(const struct fiber *from, struct fiber *to)
{
	for (unsigned i = 0; i < from->n_tls && i < to->n_tls; i++) {
		if (from->tls[i].module == to->tls[i].module && from->tls[i].size == to->tls[i].size)
			memcpy(to->tls[i].begin, from->tls[i].begin, from->tls[i].size);
	}
}

int process_fork(void)
{
	void *begin;
	size_t size = heap_of_setup(&begin);
	int r = memory_add_own(begin, size);

	if (r < 0)
		return r;
	for (uint32_t p = 0; p < machine->n_threads; p++) {
		copy_thread(fiber_get(machine->n_threads), fiber_get(p));
		library_fork(machine->n_threads, p);
	}
	return memory_fork(machine->n_threads + 1, machine->n_threads);
}

void process_reset(void)
{
	n_used = 0;
	machine->blame = (struct blame){ 0 };
}

uint64_t process_address(const struct run_thread *thread, uint64_t address)
{
	if (PROCESS_TAGGED(address) || !memory_is_own(PROCESS_PLAIN(address)))
		return address;
	return address | PROCESS_TAG(thread - machine->thread);
}

void *process_bytes(uint64_t address)
{
	return memory_of(PROCESS_OF(address), PROCESS_PLAIN(address));
}

/* ---- what another process has for itself ---- */

static bool in_stack(const struct fiber *fiber, uint64_t address)
{
	return address >= (uint64_t)(uintptr_t)fiber->stack_begin && address < (uint64_t)(uintptr_t)fiber->stack_end;
}

static bool in_tls(const struct fiber *fiber, uint64_t address)
{
	for (unsigned i = 0; i < fiber->n_tls; i++) {
		if (address - (uint64_t)(uintptr_t)fiber->tls[i].begin < fiber->tls[i].size)
			return true;
	}
	return false;
}

static void report_stray(struct run_thread *thread, uint32_t owner, enum said what)
{
	char message[256];
	uint32_t t = thread_number(thread);

	said_write(message, sizeof message, SAID_PROCESS_FOLLOWS_A_POINTER_THAT, t, said_only(what), owner);
	finding_ends(PROPERTY_PROCESS_SHARED, t, message);
}

bool process_strays(struct run_thread *thread, uint64_t address)
{
	uint32_t t = thread_number(thread);
	int arena = heap_arena(address);

	if (memory_is_own(address))
		return false;
	if (arena >= 0 && arena != (int)t) {
		report_stray(thread, (uint32_t)arena, SAID_HEAP);
		return true;
	}
	for (uint32_t p = 0; p <= machine->n_threads && arena < 0; p++) {
		enum said what = in_stack(fiber_get(p), address) ? SAID_STACK
				 : in_tls(fiber_get(p), address) ? SAID_THREAD_LOCAL_VARIABLES
								 : SAID_COUNT;
		if (what == SAID_COUNT || p == t)
			continue;
		report_stray(thread, p, what);
		return true;
	}
	return false;
}

/* ---- why ---- */

static void blame(enum explore_blame kind, uint64_t address, uint64_t pc, unsigned weight)
{
	if (weight > machine->blame.weight)
		machine->blame =
		    (struct blame){ .kind = kind, .address = PROCESS_PLAIN(address), .pc = pc, .weight = weight };
}

void process_note_own(const struct run_thread *thread, uint64_t address, uint64_t pc, unsigned weight)
{
	const struct engine_module *plugin = &machine->job->plugin_module;

	if (machine->solo || !PROCESS_TAGGED(address) || thread == &machine->thread[machine->n_threads] ||
	    pc < plugin->begin || pc >= plugin->end)
		return;
	blame(heap_arena(PROCESS_PLAIN(address)) >= 0 ? BLAME_HEAP : BLAME_VARIABLE, address, pc, weight);
}

void process_note_futex(const struct run_thread *thread, uint64_t word)
{
	if (!machine->solo && !memory_is_own(word))
		blame(BLAME_FUTEX, word, thread->library_site, 3);
}

static void report_use(const struct run_thread *thread, uint32_t other, enum said type)
{
	uint32_t t = thread_number(thread), marks[THREADS_MAX];
	union clock prefix = thread->porf;
	char message[256];

	for (uint32_t p = 0; p < THREADS_MAX; p++)
		marks[p] = p == t || p == other ? machine->thread[p].marks : UINT32_MAX;
	clock_join(&prefix, &machine->thread[other].porf);
	said_write(message, sizeof message, SAID_PROCESSES_AND_USE_THE_SAME, other < t ? other : t,
		   other < t ? t : other, said_only(type));
	finding_within(PROPERTY_PROCESS_SHARED, t, &prefix, marks, 0, message);
	if (machine->end != END_STOP)
		machine->end = END_FINDING;
}

void process_use(struct run_thread *thread, uint64_t object, enum said type)
{
	uint32_t t = thread_number(thread);

	if (machine->solo || memory_is_own(object) || process_strays(thread, object))
		return;
	for (unsigned i = 0; i < n_used; i++) {
		if (used[i].object != object)
			continue;
		if (used[i].thread == t)
			return;
		blame(BLAME_OBJECT, object, thread->library_site, 4);
		report_use(thread, used[i].thread, type);
		return;
	}
	if (n_used == used_capacity) {
		struct used *more = realloc(used, (2 * used_capacity + 16) * sizeof *used);
		if (more == NULL) {
			machine_give_up(SAID_NO_MEMORY);
			return;
		}
		used = more;
		used_capacity = 2 * used_capacity + 16;
	}
	used[n_used].object = object;
	used[n_used++].thread = t;
}
