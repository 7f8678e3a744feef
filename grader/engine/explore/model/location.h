/* The locations of the model: what is accessed atomically, and the library's own; and what has been found out of how
 * memory is accessed. */
#ifndef LOCATION_H
#define LOCATION_H

#include <stdbool.h>
#include <stdint.h>

#include "bounds.h"

#define LOCATIONS_MAX 4096u
#define LOCATIONS_TABLE 16384u

/* A location of the model, for as long as the exploration lasts. */
struct location {
	uint64_t address;
	uint32_t size;
	/* of the current execution: */
	uint32_t generation;
	int32_t memory_mo; /* position of the write whose value memory holds */
	uint64_t initial;
	uint8_t garbage; /* which bytes of `initial` nobody has written */
	uint64_t memory; /* the value that the model put there */
	uint64_t saved;  /* library: its value when the setup was over */
	uint64_t solo;   /* library: its value when the setup was over, or now in finish() */
	bool library, stack;
	uint32_t born, died; /* alive while so many words have been merged: [born, died) */
};

/* What has been found out of the memory while the search went on, and made it begin again: places that race, whose
 * accesses are events from then on, and bytes that are accessed in several sizes. Only ever added to, and locations
 * keep their numbers. */
#define PROMOTED_MAX 256u
#define MERGED_MAX 256u
struct shape {
	uint64_t address;
	uint32_t size;
};

/* Memory as the model sees it, in one exploration. Each graph is of one. */
struct model {
	const struct memory_model *memory; /* consistency.h */
	bool revisits; /* a read-modify-write operation may take from another what it reads: that one is revisited */
	unsigned first_process; /* whose number is in the address of what setup() made, where threads are processes; 0:
				   they are none */
	struct bounds *bounds;
	uint64_t looked_at; /* pairs of events, about */
	uint32_t n_locations, n_promoted, n_merged;
	struct shape promoted[PROMOTED_MAX];
	struct shape merged[MERGED_MAX]; /* later ones may contain earlier ones */
	struct location location[LOCATIONS_MAX];
	uint32_t table[LOCATIONS_TABLE]; /* 1 + index of a location; chained by open addressing on the word */
};

static inline struct location *location_at(struct model *model, uint32_t index)
{
	return &model->location[index];
}

/* The location of these bytes; adds it. `mixed`: they overlap a location of another shape. */
uint32_t location_find(struct model *model, uint64_t address, uint32_t size, bool library, bool *mixed);
uint32_t location_lookup(const struct model *model, uint64_t address, uint32_t size);
/* Forgets all but the library's: other shapes are to be used than those that they were found by. */
void locations_forget(struct model *model);

/* Whether some of these bytes are promoted. */
bool shapes_promoted(const struct model *model, uint64_t address, uint32_t size);
/* Promotes them. False: there is no room to note that. */
bool shapes_promote(struct model *model, uint64_t address, uint32_t size);
/* These bytes overlap locations of another shape: from now on, they and what they overlap are one location. False:
 * there is no room to note that. */
bool shapes_merge(struct model *model, uint64_t address, uint32_t size);
/* Forgets what was known. */
void shapes_clear(struct model *model);

/* The location that an access of these bytes belongs to may be wider: sets *address and *size to it. */
static inline void locations_widen(const struct model *model, uint64_t *address, uint32_t *size)
{
	for (uint32_t i = model->n_merged; i-- > 0;) {
		const struct shape *merged = &model->merged[i];
		if (*address >= merged->address && *address + *size <= merged->address + merged->size) {
			*address = merged->address;
			*size = merged->size;
			return;
		}
	}
}

#endif
