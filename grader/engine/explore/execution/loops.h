/* Loops that count: see README.md, "Waiting". A loop that does the same again and again, but for what it counts (in a
 * register, on its stack, in memory of its own, in an atomic variable), never comes back to a state; it is known by
 * what it does. */
#ifndef LOOPS_H
#define LOOPS_H

#include "execution.h"

#define LOOP_EVENTS_LEAST (2 * LOOP_ROUNDS) /* in one call of the plugin, before a loop is looked for */

static inline bool loops_concern(struct execution *x, const struct run_thread *thread)
{
	const struct graph_thread *events = &machine->graph->thread[thread - machine->thread];

	return x->n_loops > 0 || (events->n >= LOOP_EVENTS_LEAST &&
				  events->event[events->n - LOOP_EVENTS_LEAST].operation == thread->operations);
}
/* The thread is about to read: notices loops, and whether it is in one that is known. True: the action has been dealt
 * with. The thread waits then, or has run on to another, or the search begins again. */
bool loops_wait(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location);
/* A schedule says that the thread waits in its loop, or leaves it by itself. */
void loops_named(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location,
		 const struct schedule_step *step);
/* When nobody else goes on: whether the thread, which a schedule says to wait, would leave its loop by itself. */
void loops_settle(struct execution *x, struct run_thread *thread);
/* The graph has it that the thread decides whether it waits in its loop (event r), as it is about to read. */
void loops_replay(struct execution *x, struct run_thread *thread, ref r);

#endif
