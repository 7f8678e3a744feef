/* Every limit of the explorer: what it does not look beyond. A limit that cuts the search is told by bound_reached(),
 * which makes the result incomplete and names the bound; limits of the machine (tables that are full) end the
 * exploration with a message. To add one: a line in bound_names.h,
 * with its name and words in bound_names.c and the result's schema, and a call where it cuts. */
#ifndef BOUNDS_H
#define BOUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include "bound_names.h"

/* ---- what cuts the search: told ---- */

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
/* Once something is violated, the rest is looked at for a quarter of the budget; or for four times what it took to find
 * the property that was the last to be violated, if that is more; or for as many executions as an exercise asks for if
 * it does not say (its coverage), so that what holds can be seen to do so. */
#define SHARE_ONCE_VIOLATED 4u
#define EXECUTIONS_ONCE_VIOLATED 1000u
#define WORK_PER_EVENT 100u
#define WORK_PER_LOOK 4u
#define WORK_PER_EXECUTION 16000u /* of it, on average, that the budget allows for */
#define STEPS_FREE 1000u          /* of an execution, that cost nothing beyond its events */
#define WORK_OF_STEP 16u          /* of each of the others */
#define EXECUTION_STEPS_MAX 6000u /* where a strategy chooses; longer ones are dropped */
#define DROPPED_MAX 50u           /* of those, before it gives up */

/* Of making one violation's story shorter (tell/shorten.c), where not all that show it were compared. */
#define SHORTEN_RUNS 500u
#define SHORTEN_WORK (2000u * WORK_PER_EXECUTION)

#endif
