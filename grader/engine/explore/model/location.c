/* Found by hashing the 8-byte word that they lie in. */
#include "location.h"

#include <string.h>

#include "address.h"
#include "graph.h"
#include "hash.h"

static uint32_t slot_of(uint64_t word)
{
	return (uint32_t)(hash_mix(word, 1) % LOCATIONS_TABLE);
}

/* Whether the location is one as memory is seen now. */
static bool alive(const struct model *model, const struct location *location)
{
	return location->library || (location->born <= model->n_merged && model->n_merged < location->died);
}

/* Locations do not cross 8-byte words: those that do are refused before (unaligned atomics are not C). */
uint32_t location_lookup(const struct model *model, uint64_t address, uint32_t size)
{
	for (uint32_t slot = slot_of(address >> 3); model->table[slot] != 0; slot = (slot + 1) % LOCATIONS_TABLE) {
		const struct location *location = &model->location[model->table[slot] - 1];
		if (location->address == address && location->size == size && alive(model, location))
			return model->table[slot] - 1;
	}
	return NO_LOCATION;
}

/* A process begins with what setup() made, in the first process, of a library object that each has for itself. */
static void inherit(const struct model *model, struct location *location)
{
	uint64_t mask = UINT64_C(0xfff) << PROCESS_SHIFT;
	uint64_t first = (location->address & ~mask) | PROCESS_TAG(model->first_process);
	uint32_t index = first == location->address ? NO_LOCATION : location_lookup(model, first, location->size);

	if (index != NO_LOCATION)
		location->saved = location->solo = model->location[index].saved;
}

uint32_t location_find(struct model *model, uint64_t address, uint32_t size, bool library, bool *mixed)
{
	uint32_t slot;

	*mixed = false;
	for (slot = slot_of(address >> 3); model->table[slot] != 0; slot = (slot + 1) % LOCATIONS_TABLE) {
		const struct location *location = &model->location[model->table[slot] - 1];
		if (location->address >= address + size || address >= location->address + location->size ||
		    !alive(model, location))
			continue;
		if (location->address == address && location->size == size)
			return model->table[slot] - 1;
		*mixed = true;
	}
	if (*mixed || model->n_locations == LOCATIONS_MAX)
		return NO_LOCATION;
	model->table[slot] = ++model->n_locations;
	model->location[model->n_locations - 1] = (struct location){
		.address = address, .size = size, .library = library, .born = model->n_merged, .died = UINT32_MAX
	};
	if (library && model->first_process != 0 && PROCESS_TAGGED(address))
		inherit(model, &model->location[model->n_locations - 1]);
	return model->n_locations - 1;
}

bool shapes_merge(struct model *model, uint64_t address, uint32_t size)
{
	uint64_t begin = address, end = address + size;

	if (model->n_merged == MERGED_MAX)
		return false;
	for (uint32_t i = 0; i < model->n_locations; i++) {
		const struct location *location = &model->location[i];
		if (location->library || !alive(model, location) || location->address >= address + size ||
		    address >= location->address + location->size)
			continue;
		begin = location->address < begin ? location->address : begin;
		end = location->address + location->size > end ? location->address + location->size : end;
	}
	/* Locations are aligned, and as large as a power of two: the least such that holds all of them. */
	for (size = 1; begin / size != (end - 1) / size; size *= 2)
		;
	begin &= ~(uint64_t)(size - 1);
	model->merged[model->n_merged++] = (struct shape){ .address = begin, .size = size };
	for (uint32_t i = 0; i < model->n_locations; i++) {
		struct location *location = &model->location[i];
		if (!location->library && location->died == UINT32_MAX && location->address >= begin &&
		    location->address < begin + size)
			location->died = model->n_merged;
	}
	return true;
}

void locations_forget(struct model *model)
{
	uint32_t n = 0;

	memset(model->table, 0, sizeof model->table);
	for (uint32_t i = 0; i < model->n_locations; i++) {
		if (!model->location[i].library)
			continue;
		uint32_t slot = slot_of(model->location[i].address >> 3);
		while (model->table[slot] != 0)
			slot = (slot + 1) % LOCATIONS_TABLE;
		model->location[n] = model->location[i];
		model->table[slot] = ++n;
	}
	model->n_locations = n;
}

bool shapes_promoted(const struct model *model, uint64_t address, uint32_t size)
{
	for (uint32_t i = 0; i < model->n_promoted; i++) {
		const struct shape *shape = &model->promoted[i];
		if (shape->address < address + size && address < shape->address + shape->size)
			return true;
	}
	return false;
}

bool shapes_promote(struct model *model, uint64_t address, uint32_t size)
{
	if (model->n_promoted == PROMOTED_MAX)
		return false;
	model->promoted[model->n_promoted++] = (struct shape){ .address = address, .size = size };
	return true;
}

void shapes_clear(struct model *model)
{
	model->n_promoted = model->n_merged = 0;
	locations_forget(model);
}
