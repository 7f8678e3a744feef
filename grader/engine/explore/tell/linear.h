/* An order of a graph's events with the fewest changes of thread. */
#ifndef LINEAR_H
#define LINEAR_H

#include "graph.h"

/* Only orders with fewer changes of thread than these are looked for; where there is none, any order is taken. 0: none
 * is. */
struct linear_limits {
	uint32_t below;      /* where each read sees the newest write */
	uint32_t below_weak; /* where that cannot be */
};
#define LINEAR_UNLIMITED ((struct linear_limits){ UINT32_MAX, UINT32_MAX })

/* Puts the events in an order in which each read comes after what it reads. Where there is one, each read then sees the
 * newest write (returns true); else not (false: weak memory). `order` takes all events; *switches: changes of thread.
 */
bool linear_order(const struct graph *graph, struct linear_limits limits, ref *order, uint32_t *n, uint32_t *switches);

/* Puts the events in the order in which they were made; `prefix`: so many of each thread, NULL: all. */
void linear_made(const struct graph *graph, const union clock *prefix, ref *order, uint32_t *n, uint32_t *switches);

#endif
