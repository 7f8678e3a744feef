#include "shape_names.h"

#include <errno.h>

#include "address.h"
#include "heap.h"
#include "machine.h"

static bool in_module_of(const struct engine_module *module, uint64_t address)
{
	return address >= module->begin && address < module->end;
}

static bool name_of_fiber(uint64_t address, struct schedule_shape *name)
{
	for (uint32_t t = 0; t <= machine->n_threads; t++) {
		const struct fiber *fiber = fiber_get(t);
		uint64_t end = (uint64_t)(uintptr_t)fiber->stack_end;
		if (address >= (uint64_t)(uintptr_t)fiber->stack_begin && address < end) {
			*name = (struct schedule_shape){ .where = 'S', .number = (uint16_t)t, .offset = end - address };
			return true;
		}
		for (unsigned k = 0; k < fiber->n_tls; k++) {
			uint64_t offset = address - (uint64_t)(uintptr_t)fiber->tls[k].begin;
			if (offset >= fiber->tls[k].size)
				continue;
			*name = (struct schedule_shape){ .where = 'T',
							 .number = (uint16_t)(t * FIBER_TLS_MAX + k),
							 .offset = offset };
			return true;
		}
	}
	return false;
}

static bool name_of_object(uint64_t address, struct schedule_shape *name)
{
	for (unsigned i = 0; i < TRIAL_OBJECTS_MAX; i++) {
		uint64_t offset = address - (uint64_t)(uintptr_t)machine->object[i];
		if (machine->object[i] == NULL || offset >= machine->job->object_size)
			continue;
		*name = (struct schedule_shape){ .where = 'O', .number = (uint16_t)i, .offset = offset };
		return true;
	}
	return false;
}

static struct schedule_shape name_of(uint64_t tagged)
{
	uint64_t address = PROCESS_PLAIN(tagged), data = (uint64_t)(uintptr_t)machine->trial.data;
	struct schedule_shape name = { .where = 'X', .offset = address };

	if (in_module_of(&machine->job->plugin_module, address))
		name = (struct schedule_shape){ .where = 'P', .offset = address - machine->job->plugin_module.base };
	else if (in_module_of(&machine->job->workload_module, address))
		name = (struct schedule_shape){ .where = 'W', .offset = address - machine->job->workload_module.base };
	else if (address >= data && address < data + TRIAL_DATA_MAX)
		name = (struct schedule_shape){ .where = 'D', .offset = address - data };
	else if (heap_has(address))
		name = (struct schedule_shape){ .where = 'H',
						.number = (uint16_t)heap_arena(address),
						.offset = address - heap_begin((unsigned)heap_arena(address)) };
	else if (!name_of_object(address, &name))
		name_of_fiber(address, &name);
	if (PROCESS_TAGGED(tagged))
		name.process = (uint16_t)(PROCESS_OF(tagged) + 1);
	return name;
}

/* 0: there is no such place here. */
static uint64_t address_of(const struct schedule_shape *name)
{
	uint64_t process = name->process == 0 ? 0 : PROCESS_TAG(name->process - 1u);
	unsigned fiber = name->where == 'T' ? name->number / FIBER_TLS_MAX : name->number;

	switch (name->where) {
	case 'P':
		return process | (machine->job->plugin_module.base + name->offset);
	case 'W':
		return process | (machine->job->workload_module.base + name->offset);
	case 'D':
		return process | ((uint64_t)(uintptr_t)machine->trial.data + name->offset);
	case 'O':
		if (name->number >= TRIAL_OBJECTS_MAX || machine->object[name->number] == NULL)
			return 0;
		return process | ((uint64_t)(uintptr_t)machine->object[name->number] + name->offset);
	case 'H':
		return name->number > machine->n_threads ? 0 : process | (heap_begin(name->number) + name->offset);
	case 'S':
		return fiber > machine->n_threads
			   ? 0
			   : process | ((uint64_t)(uintptr_t)fiber_get(fiber)->stack_end - name->offset);
	case 'T':
		if (fiber > machine->n_threads || name->number % FIBER_TLS_MAX >= fiber_get(fiber)->n_tls)
			return 0;
		return process |
		       ((uint64_t)(uintptr_t)fiber_get(fiber)->tls[name->number % FIBER_TLS_MAX].begin + name->offset);
	default:
		return process | name->offset;
	}
}

/* More than a word at once: piece by piece. */
static int write_shape(struct schedule *schedule, const struct shape *shape, bool merged)
{
	int r = 0;

	for (uint32_t done = 0; done < shape->size && r == 0; done += 8) {
		struct schedule_shape name = name_of(shape->address + done);
		name.merged = merged;
		name.bytes = (uint8_t)(shape->size - done < 8 ? shape->size - done : 8);
		r = schedule_add_shape(schedule, name);
	}
	return r;
}

int shapes_write(struct schedule *schedule)
{
	int r = 0;

	for (uint32_t i = 0; i < machine->model.n_promoted && r == 0; i++)
		r = write_shape(schedule, &machine->model.promoted[i], false);
	for (uint32_t i = 0; i < machine->model.n_merged && r == 0; i++)
		r = write_shape(schedule, &machine->model.merged[i], true);
	return r;
}

int shapes_read(const struct schedule *schedule)
{
	shapes_clear(&machine->model);
	for (uint32_t i = 0; i < schedule->n_shapes; i++) {
		const struct schedule_shape *name = &schedule->shape[i];
		struct shape shape = { .address = address_of(name), .size = name->bytes };
		if (shape.address == 0)
			return -EINVAL;
		if (name->merged ? machine->model.n_merged == MERGED_MAX : machine->model.n_promoted == PROMOTED_MAX)
			return -E2BIG;
		if (name->merged)
			machine->model.merged[machine->model.n_merged++] = shape;
		else
			machine->model.promoted[machine->model.n_promoted++] = shape;
	}
	return 0;
}
