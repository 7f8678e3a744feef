#include "place.h"

#include <stdbool.h>

enum { OBJECT_ALIGNMENT = 64 };

static size_t stored_size(const struct engine_job *job)
{
	return (job->object_size + OBJECT_ALIGNMENT - 1) & ~(size_t)(OBJECT_ALIGNMENT - 1);
}

unsigned char *object_storage(const struct engine_job *job, unsigned index)
{
	unsigned char *area = (unsigned char *)job->board + BOARD_OBJECTS + (size_t)index * BOARD_OBJECT_STRIDE;
	return area + BOARD_PAGE + BOARD_OBJECT_MAX - stored_size(job);
}

static bool inside(const struct engine_module *module, uintptr_t address)
{
	return module->begin <= address && address < module->end;
}

struct wire_place place_of(const struct engine_job *job, uintptr_t address)
{
	if (inside(&job->plugin_module, address))
		return (struct wire_place){ .module = MODULE_PLUGIN, .offset = address - job->plugin_module.base };
	if (inside(&job->workload_module, address))
		return (struct wire_place){ .module = MODULE_WORKLOAD, .offset = address - job->workload_module.base };
	uintptr_t board = (uintptr_t)job->board;
	if (board + BOARD_DATA <= address && address < board + BOARD_OBJECTS)
		return (struct wire_place){ .module = MODULE_DATA, .offset = address - board - BOARD_DATA };
	for (unsigned i = 0; i < TRIAL_OBJECTS_MAX; i++) {
		uintptr_t object = (uintptr_t)object_storage(job, i);
		if (object <= address && address < object + stored_size(job))
			return (struct wire_place){ .module = MODULE_OBJECT, .index = i, .offset = address - object };
	}
	return (struct wire_place){ .module = MODULE_OTHER, .offset = address };
}
