#include "values.h"

static bool is_stack(uint64_t address)
{
	for (uint32_t t = 0; t <= machine->n_threads; t++) {
		const struct fiber *fiber = fiber_get(t);
		if (address >= (uint64_t)(uintptr_t)fiber->stack_begin &&
		    address < (uint64_t)(uintptr_t)fiber->stack_end)
			return true;
	}
	return false;
}

/* Brings a location into this execution, and notices what wrote to it behind the model's back. */
void value_touch(struct run_thread *thread, uint32_t index)
{
	struct location *location = location_at(&machine->model, index);

	if (location->generation == 0 && !location->library &&
	    !machine_probe(thread, location->address, location->size))
		return;

	if (location->generation == machine->generation) {
		if (!location->library && !location->stack &&
		    load_bytes(location->address, location->size) != location->memory)
			machine_give_up(SAID_MEMORY_CHANGED_BEHIND_THE_EXPLORERS);
		return;
	}
	location->generation = machine->generation;
	location->memory_mo = -1;
	if (location->library) {
		location->initial = location->memory = location->solo;
		return;
	}
	location->stack = is_stack(location->address);
	location->initial = location->memory = load_bytes(location->address, location->size);
	location->garbage = machine_garbage(location->address, location->size);
	shadow_track(location->address, location->size, index);
}

void value_show(uint32_t index, const struct event *event)
{
	struct location *location = location_at(&machine->model, index);

	if (event->mo < location->memory_mo)
		return;
	location->memory_mo = event->mo;
	location->memory = event->write_value;
	if (!location->library)
		store_bytes(location->address, location->size, event->write_value);
}

/* A write was put before others in mo while memory already holds a later one: positions have moved. */
void value_shift(uint32_t index, const struct event *placed)
{
	struct location *location = location_at(&machine->model, index);

	if (location->memory_mo >= placed->mo)
		location->memory_mo++;
}

/* A plain access that is an event goes through memory: put there what it reads, and take from there what it wrote. */
void value_settle(struct run_thread *thread)
{
	struct event *event = graph_event(machine->graph, thread->pending);
	struct location *location = location_at(&machine->model, event->location);

	thread->pending = REF_INITIAL;
	if ((event->flags & EVENT_WRITES) != 0) {
		uint64_t value = load_bytes(location->address, location->size);
		if ((event->flags & EVENT_PENDING) == 0 && value != event->write_value)
			machine_give_up(SAID_A_THREAD_WROTE_ANOTHER_VALUE);
		event->write_value = value;
		event->flags &= ~(uint32_t)EVENT_PENDING;
		if (event->mo == location->memory_mo)
			location->memory = value;
	}
	store_bytes(location->address, location->size, location->memory);
}
