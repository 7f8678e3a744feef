/* The alternatives that the memory model leaves: what a read may read, where a write may go. */
#ifndef PLACES_H
#define PLACES_H

#include "graph.h"

/* A futex's waiter looked at the word in the step before it joined those who sleep; the kernel does both at once. So
 * what it knows by joining must still allow what it saw. */
bool places_still_seen(const struct graph *graph, ref r);
/* Whether event r may read this write; sets it. `taken_back`: it does not write, though it could. */
bool places_may_read(struct graph *graph, ref r, ref w, bool taken_back);
/* The writes that event r may read, the newest first, `most` of them (up to CANDIDATES_MAX); sets each in turn, and
 * leaves none set. */
uint32_t places_to_read(struct graph *graph, ref r, ref *candidate, uint32_t most);
/* Where write `w`, not yet in mo, may go; newest first. `reader`, if any, reads it. Returns how many. */
uint32_t places_to_write(struct graph *graph, ref w, ref reader, int32_t *place, uint32_t most);

/* Whether w is a write that ends the sleep of read r: a read-modify-write that takes r's bit out of the mask. */
bool places_wakes(const struct graph *graph, ref r, ref w);

#endif
