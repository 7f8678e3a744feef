/* The steps of a story, as they are told while its path is followed. */
#ifndef TELLING_H
#define TELLING_H

#include "machine.h"

#define TOLD_THREADS_MAX 16u
#define PENDING_MAX 16u /* steps that come with a thread's next one; where there are more, they are told before it */

/* What comes with a thread's next move: the call that it has begun, and that of the library. */
struct pending {
	uint32_t n;
	struct explore_step step[PENDING_MAX];
};

struct telling {
	bool on;
	struct explore_step *step;
	uint32_t n, most;
	struct pending pending[TOLD_THREADS_MAX];
	uint64_t writing; /* where the step told last is about to write, with a plain access; 0: nowhere */
};

void telling_begin(struct telling *told, struct explore_step *steps, uint32_t most);
/* The thread's pending action is taken, with what comes before it. */
void telling_step(struct telling *told, const struct run_thread *thread, uint64_t old, enum outcome outcome,
		  uint64_t new);
/* The thread has come to its next action: what it was about to write is written. */
void telling_over(struct telling *told);
void telling_mark(struct telling *told, const struct run_thread *thread, uint32_t event, uint32_t what);
/* What comes with the thread's next step is told now: it takes none. */
void telling_flush(struct telling *told, uint32_t t);
/* The thread cannot go on yet: it has begun a call, and what it does in it comes later. */
void telling_begun(struct telling *told, uint32_t t);
/* Of the story's plain accesses, leaves those of what two threads use and somebody writes; all, where nothing else
 * repeats. The cycle [*begin, *end) is moved along. Returns how many steps are left. */
uint32_t telling_choose(struct explore_step *steps, uint32_t n, uint32_t *begin, uint32_t *end);

#endif
