/* Races among plain accesses, and of plain with atomic ones: the last accesses to each 8-byte word, with vector clocks.
 * After FastTrack (Flanagan and Freund, PLDI 2009). */
#include "internal.h"

#include <string.h>

#include "hash.h"

#define CELLS 16384u
#define ENTRIES 10u
#define TRACKED 4u

struct entry {
	uint64_t pc;
	uint16_t thread, epoch;
	uint8_t mask, write;
};

struct cell {
	uint64_t word;
	uint32_t generation;
	uint8_t n, n_tracked;
	uint32_t tracked[TRACKED];
	struct entry entry[ENTRIES];
};

static struct cell cells[CELLS];
static uint32_t generation;
static uint32_t used;

void shadow_reset(void)
{
	generation++;
	used = 0;
}

/* NULL: there is none (`make` false), or no room, where accesses go unchecked. */
static struct cell *cell_of(uint64_t word, bool make)
{
	uint32_t i = (uint32_t)(hash_mix(word, 2) % CELLS);

	for (uint32_t probes = 0; probes < 64; probes++, i = (i + 1) % CELLS) {
		struct cell *cell = &cells[i];
		if (cell->generation != generation) {
			if (!make)
				return NULL;
			cell->generation = generation;
			cell->word = word;
			cell->n = cell->n_tracked = 0;
			used++;
			return cell;
		}
		if (cell->word == word)
			return cell;
	}
	return NULL;
}

static bool conflicts(const struct cell *cell, uint8_t mask, bool write, uint32_t thread, const union clock *hb,
		      struct race_place *other)
{
	for (uint32_t i = 0; i < cell->n; i++) {
		const struct entry *entry = &cell->entry[i];
		if (entry->thread == thread || (entry->mask & mask) == 0 || !(write || entry->write) ||
		    hb->c[entry->thread] > entry->epoch)
			continue;
		*other = (struct race_place){ .thread = entry->thread,
					      .size = (uint32_t)__builtin_popcount(entry->mask),
					      .write = entry->write,
					      .pc = entry->pc,
					      .address = cell->word * 8 + (uint64_t)__builtin_ctz(entry->mask) };
		return true;
	}
	return false;
}

static void record(struct cell *cell, struct entry new)
{
	uint32_t n = 0;

	/* Whatever is ordered after a write that races with nothing is ordered after all that it covers. */
	for (uint32_t i = 0; i < cell->n; i++) {
		const struct entry *entry = &cell->entry[i];
		bool covered =
		    (entry->mask & ~new.mask) == 0 && (new.write || (entry->thread == new.thread && !entry->write));
		if (!covered)
			cell->entry[n++] = *entry;
	}
	if (n == ENTRIES) {
		memmove(cell->entry, cell->entry + 1, (ENTRIES - 1) * sizeof *cell->entry);
		n--;
	}
	cell->entry[n++] = new;
	cell->n = (uint8_t)n;
}

/* The bytes of [address, address + size) that lie in the word, as a mask. */
static uint8_t mask_in(uint64_t word, uint64_t address, uint32_t size)
{
	uint64_t begin = word * 8 > address ? word * 8 : address;
	uint64_t end = word * 8 + 8 < address + size ? word * 8 + 8 : address + size;

	return (uint8_t)(((1u << (end - begin)) - 1) << (begin - word * 8));
}

bool shadow_access(uint64_t address, uint32_t size, bool write, uint32_t thread, uint32_t epoch, const union clock *hb,
		   uint64_t pc, struct race_place *other)
{
	for (uint64_t word = address >> 3; word <= (address + size - 1) >> 3; word++) {
		struct cell *cell = cell_of(word, true);
		uint8_t mask = mask_in(word, address, size);
		if (cell == NULL)
			continue;
		if (conflicts(cell, mask, write, thread, hb, other))
			return true;
		record(
		    cell,
		    (struct entry){
			.pc = pc, .thread = (uint16_t)thread, .epoch = (uint16_t)epoch, .mask = mask, .write = write });
	}
	return false;
}

bool shadow_atomic(uint64_t address, uint32_t size, bool write, uint32_t thread, const union clock *hb,
		   struct race_place *other)
{
	const struct cell *cell = cell_of(address >> 3, false);

	return cell != NULL && conflicts(cell, mask_in(address >> 3, address, size), write, thread, hb, other);
}

void shadow_track(uint64_t address, uint32_t size, uint32_t location)
{
	struct cell *cell = cell_of(address >> 3, true);

	(void)size;
	if (cell != NULL && cell->n_tracked < TRACKED)
		cell->tracked[cell->n_tracked++] = location;
}

unsigned shadow_tracked(uint64_t address, uint32_t size, uint32_t *location, unsigned most)
{
	unsigned n = 0;

	for (uint64_t word = address >> 3; word <= (address + size - 1) >> 3; word++) {
		const struct cell *cell = cell_of(word, false);
		for (uint32_t i = 0; cell != NULL && i < cell->n_tracked && n < most; i++) {
			const struct location *l = location_at(cell->tracked[i]);
			if (l->address < address + size && address < l->address + l->size)
				location[n++] = cell->tracked[i];
		}
	}
	return n;
}
