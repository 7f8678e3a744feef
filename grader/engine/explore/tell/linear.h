/* An order of a graph's events with the fewest changes of thread. */
#ifndef LINEAR_H
#define LINEAR_H

#include "graph.h"

/* Puts the events in an order in which each read comes after what it reads. Where there is one, each read then sees the
 * newest write (returns true); else not (false: weak memory). `order` takes all events; *switches: changes of thread.
 */
bool linear_order(const struct graph *graph, ref *order, uint32_t *n, uint32_t *switches);

#endif
