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

/* Locations do not cross 8-byte words: those that do are refused before (unaligned atomics are not C). */
uint32_t location_lookup(uint64_t address, uint32_t size)
{
	for (uint32_t slot = slot_of(address >> 3); table[slot] != 0; slot = (slot + 1) % TABLE_SIZE) {
		const struct location *location = &locations[table[slot] - 1];
		if (location->address == address && location->size == size)
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
		if (location->address == address && location->size == size)
			return table[slot] - 1;
		if (location->address < address + size && address < location->address + location->size)
			*mixed = true;
	}
	if (*mixed || n_locations == LOCATIONS_MAX)
		return NO_LOCATION;
	table[slot] = ++n_locations;
	locations[n_locations - 1] = (struct location){ .address = address, .size = size, .library = library };
	if (library && ex.processes && PROCESS_TAGGED(address))
		inherit(&locations[n_locations - 1]);
	return n_locations - 1;
}

void locations_reset(void)
{
	struct location kept[64];
	uint32_t n = 0;
	bool mixed;

	for (uint32_t i = 0; i < n_locations && n < 64; i++) {
		if (locations[i].library)
			kept[n++] = locations[i];
	}
	locations_clear();
	for (uint32_t i = 0; i < n; i++)
		locations[location_find(kept[i].address, kept[i].size, true, &mixed)].saved = kept[i].saved;
}
