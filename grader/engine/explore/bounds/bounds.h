/* Every limit of the explorer: what it does not look beyond. A limit that cuts the search is told by bound_reached(),
 * which makes the result incomplete and names the bound; limits of the machine (tables that are full) end the
 * exploration with a message. To add one: a line here, and a call where it cuts. */
#ifndef BOUNDS_H
#define BOUNDS_H

#include <stdbool.h>
#include <stdint.h>

/* ---- what cuts the search: told ---- */

enum bound {
	BOUND_EXECUTIONS, /* the budget, in executions or in their work */
	BOUND_EVENTS,     /* steps of one thread in one execution: a loop that is not seen to wait, or a long one */
	BOUND_CANDIDATES, /* writes that one read may read, places for one write */
	BOUND_CYCLES,     /* rounds of a loop that writes and takes it back */
	BOUND_ROUNDS,     /* of a loop that counts them, where nothing changes: the count is not looked at */
	BOUND_TIMEOUTS,   /* times that are over, for one thread in one execution (library) */
	BOUND_MERGED,     /* a part of a location is stored to that is accessed whole elsewhere: as if by a
			     read-modify-write */
	BOUND_VISITS,     /* entries of sections in one execution */
	BOUND_STATES,     /* of the search over states */
	BOUND_DEPTH,      /* moves from its beginning */
	BOUND_ENTRIES,    /* entries that are followed where states never repeat */
	BOUND_ARENA,      /* states of the game of bounded waiting */
	BOUND_COUNT
};

/* Which have cut a search. */
struct bounds {
	uint32_t reached; /* bits */
	bool exhausted;   /* the budget, or an execution that was too long: other strategies go on */
};

/* The search has not looked at everything, because of this bound. */
static inline void bound_reached(struct bounds *bounds, enum bound bound)
{
	bounds->reached |= 1u << bound;
}

#define CYCLES_MAX 3u /* rounds of a loop that writes and takes it back, before it is cut */
#define CANDIDATES_MAX 4096u
#define RESTARTS_MAX 150u

/* Loops that count (execution/loops.c). */
#define LOOPS_MAX 64u
#define LOOP_STEPS_MAX 32u   /* of one round */
#define LOOP_ROUNDS 8u       /* the same so many times: it is a loop */
#define LOOP_RUN_MAX 100000u /* steps after which it is not left by itself */
#define RUN_OUTS_MAX 2u      /* loops that are left by themselves in one operation */

/* ---- budgets ---- */

#define SHARE_OF_ONE_SURPRISE 2u /* twice the budget is for executions with one surprise, for most have none */
#define SHARE_OF_SURPRISES 4u    /* a quarter of it, for those with more */
#define WORK_PER_EVENT 100u
#define WORK_PER_LOOK 4u
#define WORK_PER_EXECUTION 16000u /* of it, on average, that the budget allows for */
#define STEPS_FREE 1000u          /* of an execution, that cost nothing beyond its events */
#define WORK_OF_STEP 16u          /* of each of the others */
#define EXECUTION_STEPS_MAX 6000u /* where a strategy chooses; longer ones are dropped */
#define DROPPED_MAX 50u           /* of those, before it gives up */

#endif
