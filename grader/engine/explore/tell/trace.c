#include "trace.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "calls.h"
#include "heap.h"
#include "memory.h"

#define ACCESSES_MAX 2000u /* of a run; where there are more, none is told */

static struct told_mark *add(struct findings *found, const struct run_thread *thread, uint32_t event)
{
	if (found->trace.n == found->trace.capacity) {
		uint32_t capacity = 2 * found->trace.capacity + 256;
		found->trace.mark = alloc_more(found->trace.mark, capacity * sizeof *found->trace.mark);
		found->trace.capacity = capacity;
	}
	struct told_mark *mark = &found->trace.mark[found->trace.n++];
	*mark = (struct told_mark){
		.thread = thread_number(thread), .at = thread->consumed, .event = event, .ordinal = thread->marks
	};
	return mark;
}

static void note_mark(void *context, const struct run_thread *thread, uint32_t event, uint32_t what)
{
	if (thread >= &machine->thread[machine->n_threads])
		return;
	struct told_mark *mark = add(context, thread, event);
	if (event == MARK_LIBRARY)
		machine_tell_call(thread, &mark->step);
	else if (event == MARK_HAPPENS)
		machine_tell_happening(thread, &mark->step);
	else
		machine_tell_mark(thread, event, what, &mark->step);
}

/* What has been added last is that by which the violations show which this hook has led to. */
static void ends_here(struct findings *found)
{
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		struct violation *shown = &found->shown[p];
		if (shown->found && shown->hook == machine->steps) {
			shown->n_trace = found->trace.n;
			shown->by_access = true;
		}
	}
}

static void note_access(void *context, const struct run_thread *thread, uint64_t address, uint32_t size, bool write)
{
	struct findings *found = context;
	const struct engine_module *plugin = &machine->job->plugin_module;
	uint64_t pc = fiber_pc(thread->fiber);

	if (thread >= &machine->thread[machine->n_threads] || machine->solo || pc < plugin->begin ||
	    pc >= plugin->end || !machine_keeps(address, size) || ++found->trace.n_accesses > ACCESSES_MAX)
		return;
	struct told_mark *mark = add(found, thread, TOLD_ACCESS);
	mark->address = address;
	mark->step.kind = write ? STEP_PLAIN_WRITE : STEP_PLAIN_READ;
	mark->step.size = (uint16_t)size;
	mark->step.flags = STEP_CONTEXT;
	machine_site(pc, &mark->step.place);
	machine_place(address, &mark->step.address);
	if (write) {
		found->trace.writing = found->trace.n;
	} else {
		mark->step.value = load_bytes(address, size);
		mark->step.flags |= STEP_HAS_VALUE;
		machine_value(mark->step.value, size, &mark->step.value_at);
	}
	ends_here(found);
}

/* A block goes by the name of the pointer to it, not by that of its first member; what is no block has no name here. */
static void name_block(uint64_t address, struct wire_place *place)
{
	struct heap_block block;

	if (!heap_find(address, &block) || block.begin != address)
		return;
	machine_place(address, place);
	if (place->module == MODULE_POINTED)
		*place = (struct wire_place){ .module = MODULE_OBJECT, .offset = place->offset, .index = place->index };
}

static void note_freed(void *context, const struct run_thread *thread, uint64_t block, const char *call, uint64_t site)
{
	struct findings *found = context;

	if (thread >= &machine->thread[machine->n_threads] || machine->solo)
		return;
	struct told_mark *mark = add(found, thread, TOLD_FREE);
	mark->address = block;
	mark->step.kind = STEP_LIBRARY;
	mark->step.flags = STEP_CONTEXT;
	machine_place(site, &mark->step.place);
	name_block(block, &mark->step.address);
	snprintf(mark->step.note, sizeof mark->step.note, "%s", call);
	ends_here(found);
}

/* The thread has come to its next hook, so that what it was about to write is written. */
static void note_over(void *context)
{
	struct findings *found = context;

	if (found->trace.writing == 0)
		return;
	struct told_mark *mark = &found->trace.mark[found->trace.writing - 1];
	found->trace.writing = 0;
	mark->step.stored = load_bytes(mark->address, mark->step.size);
	mark->step.flags |= STEP_HAS_STORED;
	machine_value(mark->step.stored, mark->step.size, &mark->step.stored_at);
}

const struct listener trace_listener = {
	.mark = note_mark, .access = note_access, .over = note_over, .freed = note_freed
};

void trace_clear(struct findings *found)
{
	found->trace.n = found->trace.n_accesses = found->trace.writing = 0;
}

/* ---- which accesses are told, and what frees ---- */

static bool waits(const struct told_mark *mark)
{
	return mark->event == MARK_HAPPENS ||
	       (mark->event == MARK_LIBRARY && strcasestr(mark->step.note, "wait") != NULL);
}

static bool is_same(const struct told_mark *one, const struct told_mark *other)
{
	return one->event == TOLD_ACCESS && other->event == TOLD_ACCESS && one->address == other->address;
}

/* What a thread looks at in a call, right before it waits; not the pointer by which it comes there. */
static bool is_guard(const struct told_mark *mark, uint32_t n, uint32_t i)
{
	for (uint32_t k = i; k < n; k++) {
		if (mark[k].thread != mark[i].thread || mark[k].event == TOLD_FREE)
			continue;
		if (mark[k].event != TOLD_ACCESS)
			return waits(&mark[k]);
		if (mark[k].step.kind != STEP_PLAIN_READ || heap_has(mark[i].step.value))
			return false;
	}
	return false;
}

/* How much what the access is about matters. */
enum matter { NOTHING, SHARED, LOOKED_AT, LOOKED_AT_AND_WRITTEN };

static enum matter matter_of(const struct told_mark *mark, uint32_t n, uint32_t i)
{
	bool others = false, written = false, guard = false;

	for (uint32_t k = 0; k < n; k++) {
		if (!is_same(&mark[k], &mark[i]))
			continue;
		others = others || mark[k].thread != mark[i].thread;
		written = written || mark[k].step.kind == STEP_PLAIN_WRITE;
		guard = guard || is_guard(mark, n, k);
	}
	return guard && written ? LOOKED_AT_AND_WRITTEN : guard ? LOOKED_AT : others && written ? SHARED : NOTHING;
}

/* Whether the thread has read or written just that value before, in the same call, and has not waited since. */
static bool is_known(const struct told_mark *mark, uint32_t i)
{
	for (uint32_t k = i; mark[i].step.kind == STEP_PLAIN_READ && k-- > 0;) {
		const struct explore_step *step = &mark[k].step;
		if (is_same(&mark[k], &mark[i]))
			return mark[k].thread == mark[i].thread && step->size == mark[i].step.size &&
			       (step->kind == STEP_PLAIN_WRITE ? step->stored : step->value) == mark[i].step.value;
		if (mark[k].thread == mark[i].thread && (mark[k].event == TRIAL_CALL || waits(&mark[k])))
			return false;
	}
	return false;
}

/* "count: 1 → 0": what a thread has just read, and writes. */
static void join(struct told_mark *read, struct told_mark *write)
{
	if (!read->told || read->step.kind != STEP_PLAIN_READ || write->step.kind != STEP_PLAIN_WRITE ||
	    !is_same(read, write) || read->thread != write->thread || read->step.size != write->step.size)
		return;
	read->told = false;
	write->told = true;
	write->step.value = read->step.value;
	write->step.value_at = read->step.value_at;
	write->step.flags |= STEP_HAS_VALUE;
}

/* Of what frees only what has freed the block that the violation is about, before it shows: the execution may go on,
 * and free it again. */
static void choose_frees(struct findings *found, uint32_t n, const struct violation *violation)
{
	struct told_mark *mark = found->trace.mark;

	for (uint32_t i = 0; i < found->trace.n; i++)
		mark[i].told = i < n && mark[i].event == TOLD_FREE && violation->blame.kind == BLAME_FREED &&
			       mark[i].address == violation->blame.address;
}

void trace_choose(struct findings *found, const struct violation *violation)
{
	struct told_mark *mark = found->trace.mark;
	uint32_t n = violation->n_trace < found->trace.n ? violation->n_trace : found->trace.n;
	enum matter most = SHARED;

	choose_frees(found, n, violation);
	if (violation->by_access && n > 0)
		mark[n - 1].told = true;
	if (found->trace.n_accesses > ACCESSES_MAX)
		return;
	for (uint32_t i = 0; i < n; i++) {
		mark[i].matter = mark[i].event == TOLD_ACCESS ? matter_of(mark, n, i) : NOTHING;
		most = mark[i].matter > most ? mark[i].matter : most;
	}
	for (uint32_t i = 0; i < n; i++)
		mark[i].told = mark[i].told || (mark[i].matter == most && !is_known(mark, i));
	for (uint32_t i = 1, last = 0; i < n; i++) {
		join(&mark[last], &mark[i]);
		last = (mark[i].event != TOLD_ACCESS && mark[i].event != TOLD_FREE) || mark[i].told ? i : last;
	}
	if (violation->by_access && n > 0)
		mark[n - 1].told = true;
}
