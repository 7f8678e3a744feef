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
enum loop_end {
	LOOP_ENDLESS, /* it goes round for as long as is followed */
	LOOP_LEFT,    /* by itself, however often it goes round */
	LOOP_LEARNT,  /* not known until now: the search begins again */
	LOOP_UNKNOWN  /* and not to be found out */
};
/* How the loop ends in which the thread is about to begin another round, and of which its last n events, in which it
 * counts, were one. */
enum loop_end loops_end(struct execution *x, struct run_thread *thread, uint32_t n);
/* The thread is about to read: notices loops, and whether it is in one that is known. True: the action has been dealt
 * with. The thread waits then, or has run on to another, or the search begins again. */
bool loops_wait(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location);
/* A schedule says that the thread waits in its loop, or leaves it by itself. */
void loops_named(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location,
		 const struct schedule_step *step);
/* Whether the thread has left a loop by itself in this call: the one in which it waits may be part of another. */
bool loops_left_before(struct execution *x, const struct run_thread *thread);
/* When nobody else goes on: whether the thread, which waits in a loop that counts, would leave it by itself, and not
 * come back to it for ever. */
void loops_settle(struct execution *x, struct run_thread *thread);
/* The graph has it that the thread decides whether it waits in its loop (event r), as it is about to read. */
void loops_replay(struct execution *x, struct run_thread *thread, ref r);

#endif
