/* The locations of the model: what is accessed atomically, and the library's own. Found by hashing the 8-byte word that
 * they lie in. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "process.h"

#define LOCATIONS_MAX 4096u
#define TABLE_SIZE 16384u

static struct location locations[LOCATIONS_MAX];
static uint32_t n_locations;
static uint32_t table[TABLE_SIZE]; /* 1 + index of a location; chained by open addressing on the word */

struct location *location_at(uint32_t index)
{
	return &locations[index];
}

uint32_t locations_count(void)
{
	return n_locations;
}

void locations_clear(void)
{
	memset(table, 0, sizeof table);
	n_locations = 0;
}

static uint32_t slot_of(uint64_t word)
{
	return (uint32_t)(hash_mix(word, 1) % TABLE_SIZE);
}

/* Whether the location is one as memory is seen now. */
static bool alive(const struct location *location)
{
	return location->library || (location->born <= ex.shapes.n_merged && ex.shapes.n_merged < location->died);
}

/* Locations do not cross 8-byte words: those that do are refused before (unaligned atomics are not C). */
uint32_t location_lookup(uint64_t address, uint32_t size)
{
	for (uint32_t slot = slot_of(address >> 3); table[slot] != 0; slot = (slot + 1) % TABLE_SIZE) {
		const struct location *location = &locations[table[slot] - 1];
		if (location->address == address && location->size == size && alive(location))
			return table[slot] - 1;
	}
	return NO_LOCATION;
}

/* A process begins with what setup() made, in the first process, of a library object that each has for itself. */
static void inherit(struct location *location)
{
	uint64_t mask = UINT64_C(0xfff) << PROCESS_SHIFT;
	uint64_t first = (location->address & ~mask) | PROCESS_TAG(ex.n_threads);
	uint32_t index = first == location->address ? NO_LOCATION : location_lookup(first, location->size);

	if (index != NO_LOCATION)
		location->saved = location->solo = locations[index].saved;
}

uint32_t location_find(uint64_t address, uint32_t size, bool library, bool *mixed)
{
	uint32_t slot;

	*mixed = false;
	for (slot = slot_of(address >> 3); table[slot] != 0; slot = (slot + 1) % TABLE_SIZE) {
		const struct location *location = &locations[table[slot] - 1];
		if (location->address >= address + size || address >= location->address + location->size ||
		    !alive(location))
			continue;
		if (location->address == address && location->size == size)
			return table[slot] - 1;
		*mixed = true;
	}
	if (*mixed || n_locations == LOCATIONS_MAX)
		return NO_LOCATION;
	table[slot] = ++n_locations;
	locations[n_locations - 1] = (struct location){
		.address = address, .size = size, .library = library, .born = ex.shapes.n_merged, .died = UINT32_MAX
	};
	if (library && ex.processes && PROCESS_TAGGED(address))
		inherit(&locations[n_locations - 1]);
	return n_locations - 1;
}

bool locations_merge(uint64_t address, uint32_t size)
{
	uint64_t begin = address, end = address + size;

	if (ex.shapes.n_merged == MERGED_MAX)
		return false;
	for (uint32_t i = 0; i < n_locations; i++) {
		const struct location *location = &locations[i];
		if (location->library || !alive(location) || location->address >= address + size ||
		    address >= location->address + location->size)
			continue;
		begin = location->address < begin ? location->address : begin;
		end = location->address + location->size > end ? location->address + location->size : end;
	}
	/* Locations are aligned, and as large as a power of two: the least such that holds all of them. */
	for (size = 1; begin / size != (end - 1) / size; size *= 2)
		;
	begin &= ~(uint64_t)(size - 1);
	ex.merged[ex.shapes.n_merged++] = (struct shape){ .address = begin, .size = size };
	for (uint32_t i = 0; i < n_locations; i++) {
		struct location *location = &locations[i];
		if (!location->library && location->died == UINT32_MAX && location->address >= begin &&
		    location->address < begin + size)
			location->died = ex.shapes.n_merged;
	}
	return true;
}

void locations_forget(void)
{
	uint32_t n = 0;

	memset(table, 0, sizeof table);
	for (uint32_t i = 0; i < n_locations; i++) {
		if (!locations[i].library)
			continue;
		uint32_t slot = slot_of(locations[i].address >> 3);
		while (table[slot] != 0)
			slot = (slot + 1) % TABLE_SIZE;
		locations[n] = locations[i];
		table[slot] = ++n;
	}
	n_locations = n;
}
