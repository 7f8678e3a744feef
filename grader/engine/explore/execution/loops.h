/* Loops that count: see README.md, "Waiting". A loop that does the same again and again, but for what it counts (in a
 * register, on its stack, in memory of its own, in an atomic variable), never comes back to a state; it is known by
 * what it does. */
#ifndef LOOPS_H
#define LOOPS_H

#include "internal.h"

/* The thread is about to read: notices loops, and whether it is in one that is known. True: the action has been dealt
 * with. The thread waits then, or has run on to another, or the search begins again. */
bool loops_wait(struct run_thread *thread, const struct action *action, uint32_t location);
/* The graph has it that the thread decides whether it waits in its loop (event r), as it is about to read. */
void loops_replay(struct run_thread *thread, ref r);

#endif
