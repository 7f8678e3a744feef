/* Which reads and which places in the modification order RC11 allows. All of these look at an event that is the last of
 * its thread, and are exact for graphs that were consistent without it. */
#ifndef CONSISTENCY_H
#define CONSISTENCY_H

#include "graph.h"

/* The lowest position that a read with this knowledge may read: coherence. -1: the initial write. */
int32_t read_floor(const struct graph *graph, uint32_t location, const union clock *hb);

/* The lowest position that a new write may take, 0 … number of writes: coherence. */
int32_t write_floor(const struct graph *graph, uint32_t location, const union clock *hb);

/* Whether a write put at position `mo` would come between a read-modify-write operation and what it reads. */
bool splits_rmw(const struct graph *graph, uint32_t location, int32_t mo);

/* The read-modify-write operation that reads this write and has written; REF_INITIAL: none. */
ref rmw_reader(const struct graph *graph, uint32_t location, ref write, ref except);

/* What is consistent: all that the models differ in. Which writes a read may read and where a write may go (places.h)
 * is coherence, which they share, and this; what a read learns (clocks.h) is the same. */
struct memory_model {
	/* Whether event `r`, which is in the graph with what it reads and its place, makes a cycle: of seq_cst events
	 * (psc) in RC11, of all events (po, rf, mo, fr) under sequential consistency. Only an event that reads a write
	 * that is not the newest, or that is placed before one, can. */
	bool (*makes_cycle)(const struct graph *graph, ref r);
};

extern const struct memory_model memory_c11 __attribute__((visibility("hidden")));
extern const struct memory_model memory_sc __attribute__((visibility("hidden")));

#endif
