/* Who decides what an execution does: which thread takes the next step, and which alternative it takes. The interpreter
 * (execution) asks; the exhaustive search, the strategies and the replay of a schedule are schedulers. Another one is a
 * constant of struct scheduler, and a line where it is run. */
#ifndef SCHEDULER_H
#define SCHEDULER_H

#include <stdbool.h>
#include <stdint.h>

#include "schedule_text.h"

enum alternative_kind {
	ALTERNATIVE_READ,  /* 0: the newest write */
	ALTERNATIVE_WRITE, /* 0: becomes the newest */
	ALTERNATIVE_CHOICE /* 0: the library does as expected; others: a spurious wake-up, a time that is over, … */
};

#define NO_THREAD UINT32_MAX

struct execution;

struct scheduler {
	const char *name;
	/* All alternatives are wanted: those that are not taken go to the work list. */
	bool exhaustive;
	/* A thread that waits is asked again when there is something new, and goes on. (Otherwise it has waited, in
	 * this execution, once and for all.) */
	bool patient;
	/* Alternative 0 is taken of reads and writes: the others need not be found. */
	bool newest;
	/* `chooser`: what it remembers, of a type of its own. Before each execution; `steps`: of the longest one so
	 * far. False: there are no others. */
	bool (*begin)(void *chooser, uint32_t n_threads, uint32_t steps);
	/* Which of can[0 … n-1], ascending, takes the next step; n > 0. `last`: who took the one before. NO_THREAD:
	 * none of them. */
	uint32_t (*thread)(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last);
	/* 0 … n-1; n > 1 */
	uint32_t (*alternative)(void *chooser, enum alternative_kind kind, uint32_t n);
	/* Where the step that is being taken has a name: what is said of it. Then nobody asks for an alternative. NULL:
	 * nothing has names. */
	const struct schedule_step *(*named)(struct execution *x);
	/* Nobody takes a step any more. True: what has become of the threads is a verdict (all done: finish() and
	 * verify(); or stuck). NULL: true. */
	bool (*end)(struct execution *x);
};

#endif
