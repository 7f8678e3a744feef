/* The library as plugins see it: pthreads, semaphores, futexes, the heap, C++'s runtime, as small programs that run on
 * the caller's fiber and are made of the model's own steps. */
#ifndef LIBRARY_H
#define LIBRARY_H

#include <stdbool.h>
#include <stdint.h>

#include "redirect.h"

/* How the library behaves in this exploration. */
struct library_mode {
	bool processes; /* threads are processes */
	bool spurious;  /* waiting may end without a reason */
	bool states;    /* states are recognized: nothing is counted, and who waits longest is first */
	/* of who waits, where states are recognized: as a bit */
	uint64_t (*first)(const void *context, uint64_t key, uint64_t mask);
	const void *first_context;
	unsigned n_threads;
};
extern struct library_mode library_mode __attribute__((visibility("hidden")));

/* What becomes of a plugin's imports: calls that are modelled, calls that do no harm, and all others. */
struct redirect_policy library_policy(void);
/* The same for a workload, which is trusted to know what it calls. */
struct redirect_policy library_trusting(struct redirect_policy policy);

/* Runs on a fiber whose thread ends: what it has registered for then. */
void library_thread_ends(void);
/* Whether something is left to be called when the process, or its first thread, ends, which it does not here: what is
 * still allocated may be freed then. */
bool library_leaves_to_the_end(void);

/* A forked process is in a copy of the thread that forked. */
void library_fork(unsigned from, unsigned to);

#endif
