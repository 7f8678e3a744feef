/* Loops that wait: see README.md. */
#ifndef WAITING_H
#define WAITING_H

#include "execution.h"

/* The thread is about to read, in a state that it has been in before: is it in a loop that waits? Where it is the
 * library that reads, a round in which the thread slept and was woken is none of such a loop. */
bool await_find(struct execution *x, struct run_thread *thread, uint64_t state, bool library);
/* The thread goes no further: round after round it would do what the events [begin, end) did. */
void await_block(struct execution *x, struct run_thread *thread, uint32_t begin, uint32_t end,
		 enum block_reason reason);
/* The last event of a thread is the read r, from which it gets to this state in one go: is that a round in which the
 * last read is stale, so that the execution would be dropped there (await_block())? */
bool await_in_vain(ref r, uint64_t state);
/* A step on a lock or a semaphore of the library: a loop may go round by these alone, and look at plain memory
 * meanwhile. */
bool await_may_be_polled(const struct action *action);

#endif
