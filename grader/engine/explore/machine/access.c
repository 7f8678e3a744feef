/* Plain accesses: by which a thread races, what it may not touch, and which of them are events of the model. */
#include "access.h"

#include "bounds.h"
#include "fresh.h"
#include "heap.h"
#include "lifetime.h"
#include "memory.h"
#include "objects.h"
#include "process.h"

#define STREAK_MAX 3000u      /* plain accesses in a row after which a loop on them is looked for */
#define PLAIN_RUN_MAX 500000u /* plain accesses in a row after which the execution is cut */
#define STREAK_LOOKS 61u      /* one in so many of the accesses after that is looked at again */

bool access_on_own_stack(const struct run_thread *thread, uint64_t address)
{
	return fiber_of_stack(address) == thread->fiber;
}

/* struct trial and the services, which workloads read all the time. */
static bool is_own(uint64_t address)
{
	return (address >= (uint64_t)(uintptr_t)&machine->trial &&
		address < (uint64_t)(uintptr_t)(&machine->trial + 1)) ||
	       (address >= (uint64_t)(uintptr_t)machine->user->services &&
		address < (uint64_t)(uintptr_t)(machine->user->services + 1));
}

struct race_place access_here(const struct run_thread *thread, uint64_t address, uint32_t size, bool write, uint64_t pc)
{
	return (struct race_place){ .thread = thread_number(thread),
				    .size = size,
				    .epoch = thread->consumed,
				    .marks = thread->marks,
				    .write = write,
				    .pc = pc,
				    .address = address };
}

static void promote(uint64_t address, uint32_t size)
{
	if (!shapes_promoted(&machine->model, address, size))
		machine_promote(address, size);
}

/* A race: reported once per place; from then on its variable is taken as a relaxed atomic, so that what comes of the
 * race is seen too. The workload's data are not: that they race says enough, and the execution goes on. (What comes of
 * it further may depend on when that access is made, which no schedule says: see search_data_too().) */
void access_race(const struct race_place *one, const struct race_place *other)
{
	finding_of_race(one, other);
	/* Sections tell more quickly what is wrong. Without them it shows in the data. */
	if (objects_are_data(one->address) && machine->has_sections && !machine->data_too) {
		machine->data_raced = true;
		return;
	}
	promote(one->address, one->size);
	promote(other->address, other->size);
}

static void check_atomics(const struct run_thread *thread, const struct race_place *this)
{
	uint32_t location[SHADOW_LOCATIONS_MAX], t = this->thread;
	unsigned n = shadow_tracked(this->address, this->size, location, SHADOW_LOCATIONS_MAX);

	for (unsigned k = 0; k < n; k++) {
		const struct graph_location *l = &machine->graph->location[location[k]];
		for (unsigned which = 0; which < 2; which++) {
			const struct refs *refs = which == 0 ? &l->writes : &l->reads;
			for (uint32_t i = 0; i < refs->n && (which == 0 || this->write); i++) {
				const struct event *e = graph_event(machine->graph, refs->ref[i]);
				uint32_t other = REF_THREAD(refs->ref[i]);
				if (other == t || clock_has(&thread->hb, refs->ref[i]) ||
				    e->hb.c[t] > (int)thread->consumed)
					continue;
				access_race(this, &(struct race_place){
						      .thread = other,
						      .size = location_at(&machine->model, location[k])->size,
						      .epoch = REF_INDEX(refs->ref[i]) + 1,
						      .write = which == 0,
						      .event = true,
						      .atomic = (e->flags & EVENT_PLAIN) == 0,
						      .pc = e->pc,
						      .address = location_at(&machine->model, location[k])->address });
				return;
			}
		}
	}
}

/* A loop on a plain variable that nothing else touches yet would never end: the variable becomes an event's. What a
 * module has read-only (the plugin's own table of functions) is none, and could not be written to show its value. */
static void watch_streak(struct run_thread *thread, uint64_t address, uint32_t size, bool write)
{
	/* A loop that counts in a register, or goes round in a ring, is in no state twice. */
	if (++thread->plain_run == PLAIN_RUN_MAX) {
		bound_reached(&machine->bounds, BOUND_EVENTS);
		machine->bounds.exhausted = true;
		machine->end = END_PRUNED;
		return;
	}
	if (write || access_on_own_stack(thread, address) || ++thread->plain_streak < STREAK_MAX)
		return;
	bool known = thread->plain_streak != STREAK_MAX && thread->streak_address == address;
	/* Every so many, a number that few loops' rounds divide. */
	bool looks = thread->plain_streak % STREAK_LOOKS == STREAK_MAX % STREAK_LOOKS &&
		     (!in_module(address) || memory_is_writable(address));
	if (!known && !looks)
		return;
	uint64_t state = machine_state(thread);
	if (known && thread->streak_state == state)
		promote(address, size);
	if (!known) {
		thread->streak_address = address;
		thread->streak_state = state;
	}
}

/* Returns true if the access is an event: of a variable that races, or a write to one that is atomic elsewhere. */
bool access_plain(struct run_thread *thread, uint64_t address, uint32_t size, bool write)
{
	struct race_place other;
	uint32_t location;
	uint64_t pc = fiber_pc(thread->fiber);
	const struct fiber *owner = fiber_of_stack(address);
	bool stack = owner == thread->fiber;

	if (is_own(address))
		return false;
	if (machine->processes && !stack && process_strays(thread, address))
		return false;
	if (stack           ? address < lifetime_top(owner) && lifetime_stack(thread, owner, address, size, pc)
	    : owner != NULL ? lifetime_stack(thread, owner, address, size, pc)
			    : heap_check(thread, address, size))
		return false;
	if (write)
		fresh_note_write(address, size);
	if (machine->processes) {
		address = process_address(thread, address);
		if (write)
			process_note_own(thread, address, pc, 1);
	}
	if (machine->stateful)
		return !stack && size <= 8 && pc >= machine->job->plugin_module.begin &&
		       pc < machine->job->plugin_module.end; /* each is a place to go on with another thread */
	if (machine->solo)
		return false;
	if (machine->model.n_promoted > 0 && shapes_promoted(&machine->model, address, size))
		return size <= 8;
	if (write && !stack)
		thread->plain_writes++;
	watch_streak(thread, address, size, write);
	const struct race_place this = access_here(thread, address, size, write, pc);
	if (shadow_access(&this, &thread->hb, &other)) {
		access_race(&this, &other);
		return false;
	}
	if (shadow_tracked(address, size, &location, 1) == 0)
		return false;
	check_atomics(thread, &this);
	if (!write || machine->end != END_NONE)
		return false;
	return size <= 8;
}
