#include "shadow.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "machine.h"

#define CELLS_FIRST 16384u
#define ENTRIES_INLINE 4u
#define TRACKED 8u /* locations do not overlap: a byte each */

#define SHADOW_WRITE 1u
#define SHADOW_LIBRARY 2u

struct entry {
	uint64_t pc;
	uint16_t thread, epoch, marks;
	uint8_t mask, how;
};

/* The accesses to a word: the first few in the cell, the others in the pool. */
struct cell {
	uint64_t word;
	uint32_t generation;
	uint16_t n, capacity; /* of the others */
	uint32_t others;      /* where they begin in the pool */
	uint8_t n_tracked;
	uint32_t tracked[TRACKED];
	struct entry entry[ENTRIES_INLINE];
};

static struct {
	struct cell *cells;
	uint32_t n_cells, used; /* a power of two */
	uint32_t generation;
	struct cell *last; /* the one that was looked at last: it often is again */
	struct entry *pool;
	uint32_t pool_used, pool_size;
} shadow;

void shadow_reset(void)
{
	shadow.generation++;
	shadow.used = shadow.pool_used = 0;
	shadow.last = NULL;
}

void shadow_fini(void)
{
	free(shadow.cells);
	free(shadow.pool);
	memset(&shadow, 0, sizeof shadow);
}

static struct cell *probe(struct cell *cells, uint32_t n, uint64_t word, bool *found)
{
	uint32_t i = (uint32_t)hash_mix(word, 2) & (n - 1);

	while (cells[i].generation == shadow.generation && cells[i].word != word)
		i = (i + 1) & (n - 1);
	*found = cells[i].generation == shadow.generation;
	return &cells[i];
}

static bool grow(void)
{
	uint32_t n = shadow.n_cells == 0 ? CELLS_FIRST : 2 * shadow.n_cells;
	struct cell *cells = calloc(n, sizeof *cells);
	bool found;

	if (cells == NULL)
		return false;
	for (uint32_t i = 0; i < shadow.n_cells; i++) {
		if (shadow.cells[i].generation == shadow.generation)
			*probe(cells, n, shadow.cells[i].word, &found) = shadow.cells[i];
	}
	free(shadow.cells);
	shadow.last = NULL;
	shadow.cells = cells;
	shadow.n_cells = n;
	return true;
}

/* NULL: there is none (`make` false), or no memory, which ends the exploration. */
static struct cell *cell_of(uint64_t word, bool make)
{
	struct cell *cell;
	bool found;

	if (shadow.last != NULL && shadow.last->word == word)
		return shadow.last;
	if (make && 2 * shadow.used >= shadow.n_cells && !grow()) {
		machine_give_up(SAID_NO_MEMORY);
		return NULL;
	}
	if (shadow.n_cells == 0)
		return NULL;
	cell = probe(shadow.cells, shadow.n_cells, word, &found);
	if (found)
		shadow.last = cell;
	if (found || !make)
		return found ? cell : NULL;
	shadow.last = cell;
	cell->generation = shadow.generation;
	cell->word = word;
	cell->n = cell->capacity = 0;
	cell->n_tracked = 0;
	shadow.used++;
	return cell;
}

static struct entry *entry_at(struct cell *cell, uint32_t i)
{
	return i < ENTRIES_INLINE ? &cell->entry[i] : &shadow.pool[cell->others + i - ENTRIES_INLINE];
}

/* Room for one more entry of the cell. */
static bool make_room(struct cell *cell)
{
	uint16_t capacity = cell->capacity == 0 ? 8 : (uint16_t)(2 * cell->capacity);

	if (cell->n < ENTRIES_INLINE + cell->capacity)
		return true;
	if (shadow.pool_used + capacity > shadow.pool_size) {
		uint32_t size = 2 * (shadow.pool_size + capacity);
		struct entry *pool = realloc(shadow.pool, size * sizeof *pool);
		if (pool == NULL) {
			machine_give_up(SAID_NO_MEMORY);
			return false;
		}
		shadow.pool = pool;
		shadow.pool_size = size;
	}
	if (cell->capacity > 0)
		memcpy(shadow.pool + shadow.pool_used, shadow.pool + cell->others,
		       cell->capacity * sizeof *shadow.pool);
	cell->others = shadow.pool_used;
	cell->capacity = capacity;
	shadow.pool_used += capacity;
	return true;
}

static bool conflicts(struct cell *cell, uint8_t mask, bool write, bool all, uint32_t thread, const union clock *hb,
		      struct race_place *other)
{
	for (uint32_t i = 0; i < cell->n; i++) {
		const struct entry *entry = entry_at(cell, i);
		bool writes = (entry->how & SHADOW_WRITE) != 0, library = (entry->how & SHADOW_LIBRARY) != 0;
		if (entry->thread == thread || (entry->mask & mask) == 0 || !(write || writes) || (library && !all) ||
		    hb->c[entry->thread] > entry->epoch)
			continue;
		*other = (struct race_place){ .thread = entry->thread,
					      .size = (uint32_t)__builtin_popcount(entry->mask),
					      .epoch = entry->epoch,
					      .marks = entry->marks,
					      .write = writes,
					      .library = library,
					      .pc = entry->pc,
					      .address = cell->word * 8 + (uint64_t)__builtin_ctz(entry->mask) };
		return true;
	}
	return false;
}

static void record(struct cell *cell, struct entry new)
{
	uint16_t n = 0;

	/* Whatever is ordered after a write that races with nothing is ordered after all that it covers. */
	for (uint32_t i = 0; i < cell->n; i++) {
		struct entry *entry = entry_at(cell, i);
		bool covered =
		    (entry->mask & ~new.mask) == 0 &&
		    ((new.how &SHADOW_WRITE) != 0 || (entry->thread == new.thread && (entry->how & SHADOW_WRITE) == 0));
		if (covered)
			continue;
		if (n != i)
			*entry_at(cell, n) = *entry;
		n++;
	}
	cell->n = n;
	if (make_room(cell))
		*entry_at(cell, cell->n++) = new;
}

/* The bytes of [address, address + size) that lie in the word, as a mask. */
static uint8_t mask_in(uint64_t word, uint64_t address, uint32_t size)
{
	uint64_t begin = word * 8 > address ? word * 8 : address;
	uint64_t end = word * 8 + 8 < address + size ? word * 8 + 8 : address + size;

	return (uint8_t)(((1u << (end - begin)) - 1) << (begin - word * 8));
}

bool shadow_ends(const struct race_place *access, const union clock *hb, struct race_place *other)
{
	uint64_t address = access->address, end = address + access->size;

	for (uint64_t word = address >> 3; word <= (end - 1) >> 3; word++) {
		struct cell *cell = cell_of(word, false);
		if (cell != NULL &&
		    conflicts(cell, mask_in(word, address, access->size), true, true, access->thread, hb, other))
			return true;
	}
	return false;
}

bool shadow_access(const struct race_place *access, const union clock *hb, struct race_place *other)
{
	uint64_t address = access->address, end = address + access->size;

	for (uint64_t word = address >> 3; word <= (end - 1) >> 3; word++) {
		struct cell *cell = cell_of(word, true);
		uint8_t mask = mask_in(word, address, access->size);
		if (cell == NULL)
			return false;
		if (conflicts(cell, mask, access->write, true, access->thread, hb, other))
			return true;
		record(cell, (struct entry){ .pc = access->pc,
					     .thread = (uint16_t)access->thread,
					     .epoch = (uint16_t)access->epoch,
					     .marks = (uint16_t)access->marks,
					     .mask = mask,
					     .how = (uint8_t)((access->write ? SHADOW_WRITE : 0) |
							      (access->library ? SHADOW_LIBRARY : 0)) });
	}
	return false;
}

bool shadow_atomic(uint64_t address, uint32_t size, bool write, uint32_t thread, const union clock *hb,
		   struct race_place *other)
{
	struct cell *cell = cell_of(address >> 3, false);

	return cell != NULL && conflicts(cell, mask_in(address >> 3, address, size), write, false, thread, hb, other);
}

bool shadow_written(uint64_t address, uint32_t size, uint32_t thread, uint32_t epoch)
{
	struct cell *cell = cell_of(address >> 3, false);

	for (uint32_t i = 0; cell != NULL && i < cell->n; i++) {
		const struct entry *entry = entry_at(cell, i);
		if ((entry->how & SHADOW_WRITE) != 0 && (entry->mask & mask_in(address >> 3, address, size)) != 0 &&
		    (entry->thread != thread || entry->epoch >= epoch))
			return true;
	}
	return false;
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
			const struct location *l = location_at(&machine->model, cell->tracked[i]);
			if (l->address < address + size && address < l->address + l->size)
				location[n++] = cell->tracked[i];
		}
	}
	return n;
}
