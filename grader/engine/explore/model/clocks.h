/* What an event reads, its outcome, and what follows of both: its clocks, and what its write passes on. */
#ifndef CLOCKS_H
#define CLOCKS_H

#include "graph.h"
#include "rule.h"

bool order_acquires(unsigned order);
bool order_releases(unsigned order);

/* The value of the location when this is its newest write. */
uint64_t event_written(const struct graph *graph, uint32_t location, ref w);
/* The clocks of an event by what comes before it in its thread. */
void event_base_clocks(const struct graph *graph, ref r, union clock *hb, union clock *porf);
void event_set_order(struct event *event, enum outcome outcome);
/* Makes event r read `from`: its value, outcome and clocks. */
enum outcome event_set_from(struct graph *graph, ref r, ref from);
/* What its write passes on to who acquires it; `fence`: what the thread knew when it last released by a fence. */
void event_set_message(struct graph *graph, ref r, const union clock *fence);

#endif
