#include "wire_kind.h"

#include <string.h>

void wire_take_kind(struct frame_run *run, const struct plugin_kind *kind)
{
	memcpy(run->kind, kind->name, sizeof(run->kind));
	run->n_operations = kind->n_operations;
	for (uint32_t i = 0; i < kind->n_operations; i++) {
		memcpy(run->operations[i].name, kind->operations[i].name, sizeof(run->operations[i].name));
		run->operations[i].number = kind->operations[i].number;
		run->operations[i].blocks = kind->operations[i].blocks;
	}
}

static const struct wire_operation *find(const struct frame_run *run, uint32_t number)
{
	for (uint32_t i = 0; i < run->n_operations && i < KIND_OPERATIONS_MAX; i++) {
		if (run->operations[i].number == number)
			return &run->operations[i];
	}
	return NULL;
}

const char *wire_operation_name(const struct frame_run *run, uint32_t number)
{
	const struct wire_operation *operation = find(run, number);
	return operation != NULL ? operation->name : operation_name(number);
}

bool wire_operation_blocks(const struct frame_run *run, uint32_t number)
{
	const struct wire_operation *operation = find(run, number);
	return operation == NULL || operation->blocks != 0;
}
