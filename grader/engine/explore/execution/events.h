/* Events: added to the graph, and performed. */
#ifndef EVENTS_H
#define EVENTS_H

#include "execution.h"

/* Adds the write of event r, the last of its thread. False: this execution is inconsistent. */
bool event_add_write(struct execution *x, struct run_thread *thread, ref r);
void event_add_access(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location);
/* A fence or a choice. */
void event_add_simple(struct execution *x, struct run_thread *thread, const struct action *action);
/* The event, which the graph has with all it reads and writes, happens in this execution. */
void event_perform(struct execution *x, struct run_thread *thread, const struct action *action, ref r);
void event_perform_fence(struct run_thread *thread, struct event *event, ref r);
void event_perform_choice(struct run_thread *thread, struct event *event, ref r);

/* Whether it reads what was written last. */
static inline bool event_reads_newest(const struct event *event)
{
	return graph_mo(machine->graph, event->from) + 1 == (int32_t)machine->graph->location[event->location].writes.n;
}

#endif
