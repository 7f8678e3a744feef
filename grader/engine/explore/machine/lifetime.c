#include "lifetime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "consistency.h"
#include "heap.h"
#include "process.h"

/* What one thread did to another's stack. */
struct foreign {
	uint64_t address, pc;
	uint32_t size;
};

static struct {
	struct {
		struct foreign *foreign;
		uint32_t n, capacity;
		/* the plugin's frames lie below: while it is in a call of the plugin; after it, they have gone */
		uint64_t frame, gone;
		uint32_t begin; /* its events when the call began */
	} thread[FIBERS_MAX];
} lives;

uint32_t lifetime_foreign;

void lifetime_reset(void)
{
	lifetime_foreign = 0;
	for (unsigned t = 0; t <= machine->n_threads; t++) {
		lives.thread[t].n = 0;
		lives.thread[t].frame = lives.thread[t].gone = 0;
	}
}

void lifetime_fini(void)
{
	for (unsigned t = 0; t < FIBERS_MAX; t++)
		free(lives.thread[t].foreign);
	memset(&lives, 0, sizeof lives);
}

/* It shows what both have done. */
void lifetime_blame(uint64_t object, uint64_t site)
{
	struct wire_place place;

	machine_place(object, &place);
	if (!machine->processes && (place.module == MODULE_OBJECT || place.module == MODULE_PLUGIN))
		machine->blame = (struct blame){ .kind = BLAME_OBJECT, .address = object, .pc = site };
}

void lifetime_no_blame(void)
{
	if (!machine->processes)
		machine->blame = (struct blame){ 0 };
}

static void find(const struct run_thread *thread, const struct race_place *other, uint64_t pc, const char *message)
{
	machine_place(pc, &machine->code);
	finding_of_two(PROPERTY_MEMORY_SAFETY, thread_number(thread), other, message);
	machine->code = (struct wire_place){ .module = MODULE_NONE };
}

static void report(const struct run_thread *thread, const struct race_place *other, uint64_t pc, const char *message)
{
	find(thread, other, pc, message);
	finding_over();
}

/* All that the thread has done so far. */
static struct race_place up_to_now(uint32_t t)
{
	return (
	    struct race_place){ .thread = t, .epoch = machine->thread[t].consumed, .marks = machine->thread[t].marks };
}

/* ---- who may still be there ---- */

/* Whether this event of another thread may come later than where the thread is. To have read what it wrote, or
 * something newer, is enough to know that it is over. What depends on what the thread does afterwards is of the time
 * after the end: if it uses what has ended, it is found there; else what has taken its place (a frame of the next
 * call). */
static bool may_be_later(const struct run_thread *thread, ref r, int32_t floor)
{
	const struct event *event = graph_event(machine->graph, r);
	uint32_t t = thread_number(thread);

	if (REF_THREAD(r) == t || clock_has(&thread->hb, r) || event->porf.c[t] > (int)thread->consumed)
		return false;
	return (event->flags & EVENT_WRITES) == 0 || event->mo > floor;
}

/* An atomic access of another thread to these bytes that need not be over. */
static bool find_atomic(const struct run_thread *thread, uint64_t address, uint32_t size, struct race_place *other)
{
	uint32_t location[SHADOW_LOCATIONS_MAX];
	unsigned n = shadow_tracked(address, size, location, SHADOW_LOCATIONS_MAX);

	for (unsigned k = 0; k < n; k++) {
		const struct graph_location *l = &machine->graph->location[location[k]];
		int32_t floor = read_floor(machine->graph, location[k], &thread->hb);
		for (uint32_t i = 0; i < l->writes.n + l->reads.n; i++) {
			ref r = i < l->writes.n ? l->writes.ref[i] : l->reads.ref[i - l->writes.n];
			if (!may_be_later(thread, r, floor))
				continue;
			*other =
			    (struct race_place){ .thread = REF_THREAD(r), .epoch = REF_INDEX(r) + 1, .event = true };
			return true;
		}
	}
	return false;
}

bool lifetime_used(const struct run_thread *thread, uint64_t address, uint32_t size, uint64_t pc,
		   struct race_place *other)
{
	if (machine->solo || machine->stateful)
		return false;
	if (machine->processes)
		address = process_address(thread, address);
	for (uint32_t done = 0; done < size; done += 8) {
		uint32_t chunk = size - done < 8 ? size - done : 8;
		struct race_place this = access_here(thread, address + done, chunk, true, pc);
		if (shadow_ends(&this, &thread->hb, other) || find_atomic(thread, address + done, chunk, other))
			return true;
	}
	return false;
}

void lifetime_tell_user(const struct run_thread *thread, const struct race_place *other, uint64_t pc, enum said message)
{
	char text[160];

	said_write(text, sizeof text, message, thread_number(thread), other->thread);
	find(thread, other, pc, text);
}

/* ---- objects of the library ---- */

#define FIRST_BYTES 8u /* of an object: they stand for it */

static void conflict(struct run_thread *thread, enum object_event event, enum said type, uint64_t pc,
		     const struct race_place *other)
{
	static const enum said words[] = {
		[OBJECT_USED] = SAID_THREAD_USES_A_WHILE_THREAD,
		[OBJECT_MADE] = SAID_THREAD_INITIALIZES_A_WHILE_THREAD,
		[OBJECT_DESTROYED] = SAID_THREAD_DESTROYS_A_WHILE_THREAD,
	};
	char message[160];

	said_write(message, sizeof message, words[event], (unsigned)(thread - machine->thread), said_only(type),
		   other->thread);
	lifetime_blame(thread->fiber->request.argument[0], pc);
	report(thread, other, pc, message);
	lifetime_no_blame();
}

/* Whether it lies in the frame of a call of the plugin that has not written it: what is there is from a frame before.
 */
static bool is_unmade(const struct fiber *owner, uint64_t address, uint32_t size)
{
	uint32_t t = owner->number;

	return address < lives.thread[t].frame && !shapes_promoted(&machine->model, address, size) &&
	       !shadow_written(address, size, t, lives.thread[t].begin);
}

void lifetime_object(struct run_thread *thread)
{
	const struct hook_request *request = &thread->fiber->request;
	uint64_t address = request->argument[0], pc = request->argument[4];
	uint32_t size = (uint32_t)request->argument[1];
	uint32_t first = size < FIRST_BYTES ? size : FIRST_BYTES;
	enum object_event event = (enum object_event)request->argument[2];
	enum said type = (enum said)request->argument[3];
	const struct fiber *owner = fiber_of_stack(address);
	struct race_place other;

	if (machine->processes && (request->argument[5] & 1) == 0)
		process_use(thread, address, type);
	if (machine->end != END_NONE || (owner == NULL && heap_check(thread, address, size)))
		return;
	if (owner != NULL && lifetime_stack(thread, owner, address, size, pc))
		return;
	if (machine->solo || machine->stateful)
		return;
	if (owner != NULL && event != OBJECT_MADE && is_unmade(owner, address, first)) {
		char message[96];
		said_write(message, sizeof message, SAID_A_IS_USED_THAT_WAS, said_only(type));
		lifetime_blame(address, pc);
		report(thread, &(struct race_place){ .thread = UINT32_MAX }, pc, message);
		lifetime_no_blame();
		return;
	}
	if (machine->processes)
		address = process_address(thread, address);
	struct race_place this = access_here(thread, address, first, event != OBJECT_USED, pc);
	this.library = true;
	if (!shadow_access(&this, &thread->hb, &other))
		return;
	if (other.library)
		conflict(thread, event, type, pc, &other);
	else
		access_race(&this, &other);
}

/* ---- stack frames ---- */

static void note_foreign(uint32_t owner, uint64_t address, uint32_t size, uint64_t pc)
{
	for (uint32_t i = 0; i < lives.thread[owner].n; i++) {
		struct foreign *foreign = &lives.thread[owner].foreign[i];
		if (foreign->address == address && foreign->size >= size)
			return;
	}
	if (lives.thread[owner].n == lives.thread[owner].capacity) {
		uint32_t capacity = 2 * lives.thread[owner].capacity + 8;
		struct foreign *more = realloc(lives.thread[owner].foreign, capacity * sizeof *more);
		if (more == NULL) {
			machine_give_up(SAID_NO_MEMORY);
			return;
		}
		lives.thread[owner].foreign = more;
		lives.thread[owner].capacity = capacity;
	}
	lifetime_foreign++;
	lives.thread[owner].foreign[lives.thread[owner].n++] =
	    (struct foreign){ .address = address, .size = size, .pc = pc };
}

bool lifetime_stack(struct run_thread *thread, const struct fiber *owner, uint64_t address, uint32_t size, uint64_t pc)
{
	uint32_t t = thread_number(thread);
	char message[160];

	if (machine->solo || machine->stateful || machine->processes || (owner == thread->fiber && !in_module(pc)))
		return false;
	bool gone =
	    address < lifetime_top(owner) || (owner != thread->fiber && address < lives.thread[owner->number].gone);
	if (!gone) {
		if (owner != thread->fiber)
			note_foreign(owner->number, address, size, pc);
		return false;
	}
	if (owner != thread->fiber)
		said_write(message, sizeof message, SAID_THREAD_USES_A_LOCAL_VARIABLE, t, owner->number);
	else
		said_write(message, sizeof message, SAID_THREAD_USES_A_LOCAL_VARIABLE_OF, t);
	const struct race_place returned = up_to_now(owner->number);
	report(thread, &returned, pc, message);
	return true;
}

/* What the next call has there is none of the others' either: to end is a write. */
static void frame_ends(struct run_thread *thread, const struct foreign *foreign)
{
	struct race_place other;

	if (lifetime_used(thread, foreign->address, foreign->size, foreign->pc, &other)) {
		lifetime_tell_user(thread, &other, foreign->pc, SAID_THREAD_RETURNS_FROM_A_FUNCTION);
		finding_over();
		return;
	}
	if (machine->solo || machine->stateful)
		return;
	uint64_t address = machine->processes ? process_address(thread, foreign->address) : foreign->address;
	struct race_place this = access_here(thread, address, foreign->size, true, foreign->pc);
	this.library = true;
	shadow_access(&this, &thread->hb, &other);
}

static void frames_end(struct run_thread *thread, uint64_t top)
{
	uint32_t t = thread_number(thread), n = 0, all = lives.thread[t].n;

	for (uint32_t i = 0; i < all; i++) {
		struct foreign foreign = lives.thread[t].foreign[i];
		if (foreign.address >= top)
			lives.thread[t].foreign[n++] = foreign;
		else if (machine->end == END_NONE)
			frame_ends(thread, &foreign);
	}
	lives.thread[t].n = n;
	lifetime_foreign -= all - n;
}

void lifetime_look_at_frames(struct run_thread *thread)
{
	if (lives.thread[thread - machine->thread].n > 0)
		frames_end(thread, lifetime_top(thread->fiber));
}

void lifetime_operation(struct run_thread *thread, bool begins, uint64_t frame)
{
	uint32_t t = thread_number(thread);

	if (machine->solo || machine->stateful)
		return;
	lives.thread[t].frame = begins ? frame : 0;
	lives.thread[t].gone = begins ? 0 : frame;
	lives.thread[t].begin = thread->consumed;
	if (!begins)
		frames_end(thread, frame);
}
