/* Plain accesses, and what the library does to its objects: the last ones to each 8-byte word, with vector clocks; and
 * the model's locations there. After FastTrack (Flanagan and Freund, PLDI 2009). Grows as it is needed. */
#ifndef SHADOW_H
#define SHADOW_H

#include <stdbool.h>
#include <stdint.h>

#include "graph.h"

struct race_place {
	uint32_t thread, size;
	uint32_t epoch; /* of its thread's events, those before it; an event: itself included */
	uint32_t marks; /* and of its thread's marks */
	bool write, atomic;
	bool event;   /* it is in the graph */
	bool library; /* what the library does: it uses an object (a read), makes, destroys or frees it (a write) */
	uint64_t pc, address;
};

void shadow_reset(void);
void shadow_fini(void);
/* Notes an access, made knowing `hb`. True: it races with *other. */
bool shadow_access(const struct race_place *access, const union clock *hb, struct race_place *other);
/* Whether others' accesses to these bytes need not be over: only looks. */
bool shadow_ends(const struct race_place *access, const union clock *hb, struct race_place *other);
/* An atomic access: only looks, and not at what the library did. */
bool shadow_atomic(uint64_t address, uint32_t size, bool write, uint32_t thread, const union clock *hb,
		   struct race_place *other);
/* Whether a byte of these was written by another thread than `thread`, or by it since `epoch`. */
bool shadow_written(uint64_t address, uint32_t size, uint32_t thread, uint32_t epoch);
/* Locations that overlap these bytes, of this execution. A word has no more than 8. */
#define SHADOW_LOCATIONS_MAX 24u /* of 16 bytes, wherever they begin */
void shadow_track(uint64_t address, uint32_t size, uint32_t location);
unsigned shadow_tracked(uint64_t address, uint32_t size, uint32_t *location, unsigned most);

#endif
