#include "surprise.h"

static uint32_t surprises_in(const struct graph *graph)
{
	uint32_t n = 0;

	for (uint32_t t = 0; t < graph->n_threads; t++) {
		for (uint32_t i = 0; i < graph->thread[t].n; i++) {
			const struct event *event = &graph->thread[t].event[i];
			n += (event->flags & EVENT_SURPRISE) != 0 && event->read_value != 0;
		}
	}
	return n;
}

uint32_t surprise_choices(struct execution *x, const struct action *action)
{
	if (!x->scheduler->exhaustive || action->surprise == SURPRISE_NONE || x->surprises.most == SURPRISES_ANY ||
	    surprises_in(machine->graph) < x->surprises.most)
		return action->choices;
	x->surprises.left_out |= 1u << action->surprise;
	return 1;
}
