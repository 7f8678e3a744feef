/* Addresses, as the wire has them. */
#include "machine.h"

#include <stdio.h>

#include "heap.h"
#include "memory.h"
#include "objects.h"
#include "process.h"

#define OBJECT_BESIDE 256u /* less than a guard page */

bool in_module(uint64_t pc)
{
	const struct engine_module *plugin = &machine->job->plugin_module, *client = &machine->job->workload_module;

	return (pc >= plugin->begin && pc < plugin->end) || (pc >= client->begin && pc < client->end);
}

/* A return address is that of the next instruction, often of the next line. */
void machine_site(uint64_t return_address, struct wire_place *place)
{
	machine_place(return_address != 0 ? return_address - 1 : 0, place);
}

static void block_place(const struct heap_block *block, uint64_t within, struct wire_place *place)
{
	const struct engine_module *plugin = &machine->job->plugin_module;

	if (block->site >= plugin->begin && block->site < plugin->end)
		*place = (struct wire_place){ .module = MODULE_HEAP,
					      .offset = block->site - plugin->base,
					      .index = block->of_setup ? PLACE_OF_SETUP : block->thread,
					      .within = within,
					      .nth = block->nth };
}

/* What an object points to, where setup() has made it; else the block, by where it was made. */
static void heap_place(uint64_t address, struct wire_place *place)
{
	struct heap_block block;

	if (!heap_find(address, &block))
		return;
	uint64_t within = address - block.begin;
	for (unsigned i = 0; i < TRIAL_OBJECTS_MAX && block.of_setup; i++) {
		uint64_t object = (uint64_t)(uintptr_t)machine->object[i];
		for (uint64_t at = 0; object != 0 && at + 8 <= machine->job->object_size; at += 8) {
			if (load_bytes(object + at, 8) != block.begin)
				continue;
			*place =
			    (struct wire_place){ .module = MODULE_POINTED, .offset = at, .index = i, .within = within };
			return;
		}
	}
	block_place(&block, within, place);
}

void machine_place(uint64_t address, struct wire_place *place)
{
	const struct engine_module *plugin = &machine->job->plugin_module, *client = &machine->job->workload_module;

	*place = (struct wire_place){ .module = MODULE_NONE };
	if (KEY_OF(address) != 0)
		address = KEY_ADDRESS(address);
	address = PROCESS_PLAIN(address);
	if (address >= plugin->begin && address < plugin->end) {
		*place = (struct wire_place){ .module = MODULE_PLUGIN, .offset = address - plugin->base };
	} else if (address >= client->begin && address < client->end) {
		*place = (struct wire_place){ .module = MODULE_WORKLOAD, .offset = address - client->base };
	} else if (objects_are_data(address)) {
		*place = (struct wire_place){ .module = MODULE_DATA,
					      .offset = address - (uint64_t)(uintptr_t)objects_data() };
	} else {
		for (unsigned i = 0; i < TRIAL_OBJECTS_MAX; i++) {
			uint64_t begin = (uint64_t)(uintptr_t)machine->object[i];
			/* Also beside it, where nothing else lies: an index that is out of range. */
			if (begin != 0 && address + OBJECT_BESIDE >= begin &&
			    address < begin + machine->job->object_size + OBJECT_BESIDE)
				*place = (struct wire_place){ .module = MODULE_OBJECT,
							      .offset = address - begin,
							      .index = i };
		}
		if (place->module == MODULE_NONE && address != 0)
			*place = (struct wire_place){ .module = MODULE_OTHER, .offset = address };
		if (place->module == MODULE_OTHER)
			heap_place(address, place);
	}
}

void machine_value(uint64_t value, uint32_t size, struct wire_place *place)
{
	const struct engine_module *plugin = &machine->job->plugin_module;
	struct heap_block block;

	*place = (struct wire_place){ .module = MODULE_NONE };
	if (size != sizeof value)
		return;
	if (heap_find(value, &block)) {
		block_place(&block, value - block.begin, place);
	} else if (value >= plugin->begin && value < plugin->end && memory_is_writable(value)) {
		*place = (struct wire_place){ .module = MODULE_PLUGIN, .offset = value - plugin->base };
	} else {
		for (unsigned i = 0; i < TRIAL_OBJECTS_MAX; i++) {
			uint64_t begin = (uint64_t)(uintptr_t)machine->object[i];
			if (begin != 0 && value >= begin && value < begin + machine->job->object_size)
				*place =
				    (struct wire_place){ .module = MODULE_OBJECT, .offset = value - begin, .index = i };
		}
	}
}

bool machine_keeps(uint64_t address, uint32_t size)
{
	const struct engine_module *plugin = &machine->job->plugin_module;

	if (address >= plugin->begin && address + size <= plugin->end)
		return memory_is_writable(address);
	if (heap_has(address))
		return heap_has(address + size - 1);
	for (unsigned i = 0; i < TRIAL_OBJECTS_MAX; i++) {
		uint64_t begin = (uint64_t)(uintptr_t)machine->object[i];
		if (begin != 0 && address >= begin && address + size <= begin + machine->job->object_size)
			return true;
	}
	return false;
}

enum explore_step_kind machine_step_kind(const struct event_rule *rule, bool writes)
{
	if (rule->plain)
		return writes ? STEP_PLAIN_WRITE : STEP_PLAIN_READ;
	switch ((enum rule)rule->rule) {
	case RULE_LOAD:
		return STEP_LOAD;
	case RULE_STORE:
		return STEP_STORE;
	case RULE_EXCHANGE:
		return STEP_EXCHANGE;
	case RULE_COMPARE:
		return writes ? STEP_COMPARE : STEP_COMPARE_FAILED;
	default:
		return STEP_FETCH;
	}
}

void machine_tell_mark(const struct run_thread *thread, uint32_t event, uint32_t what, struct explore_step *step)
{
	static const uint16_t kinds[] = { STEP_REQUEST, STEP_ENTER, STEP_ENTER_SHARED,
					  STEP_LEAVE,   STEP_CALL,  STEP_RETURN };
	const uint64_t *argument = thread->fiber->request.argument;

	step->kind = kinds[event];
	step->value = what;
	step->flags = STEP_HAS_VALUE;
	if (event == TRIAL_CALL || event == TRIAL_RETURN) {
		step->object = MARK_OBJECT(argument[1]);
		step->stored = argument[3];
	}
}

void machine_tell_call(const struct run_thread *thread, struct explore_step *step)
{
	step->kind = STEP_LIBRARY;
	machine_site(thread->library_site, &step->place);
	machine_place(thread->library_object, &step->address);
	snprintf(step->note, sizeof step->note, "%s", thread->library_call);
}

void machine_tell_happening(const struct run_thread *thread, struct explore_step *step)
{
	step->kind = STEP_HAPPENS;
	machine_site(thread->fiber->request.argument[1], &step->place);
	said_write(step->note, sizeof step->note, (enum said)thread->fiber->request.argument[2]);
}
