/* The exhaustive search over execution graphs: TruSt (Kokologiannakis, Marmanis, Gladstein, Vafeiadis, POPL 2022), by
 * executing the native code again along each graph; and series of executions where that cannot be had. */
#ifndef SEARCH_H
#define SEARCH_H

#include "execution.h"
#include "strategies.h"
#include "violation.h"

struct level {
	struct graph graph;
	struct item *items;
	uint32_t n, capacity;
};

/* Of the executions of one search, or of one and what goes beyond it. */
struct search_counts {
	uint64_t executions, complete, blocked;
	uint64_t events; /* of the complete ones */
	uint64_t cut;    /* ended by a violation */
	uint64_t halted; /* of those blocked: ones in which all that are left wait */
};

struct search {
	struct execution *x;
	struct findings *found;
	struct strategies *strategies; /* what they remember; not of the search over graphs */
	struct level *levels;
	uint32_t n_levels, levels_made;
	uint64_t max_executions;
	uint64_t budget; /* of the search over graphs that goes on, in executions */
	/* The properties that are violated, and what of the budget had been used up when the last one was found. */
	uint32_t n_violated;
	uint64_t found_ended, found_work;
	struct search_counts count;
	uint64_t dropped;        /* executions that a strategy gave up for their length */
	uint32_t most_surprises; /* executions with more are nobody's concern */
	enum surprises_seen surprises;
	uint32_t bounds_done; /* n: all executions with 0 … n - 1 deviations were looked at; 0: not known */
	uint64_t work;        /* about: the squares of the executions' lengths */
	uint64_t looked;      /* the model's looked_at after the last execution */
	uint64_t stepped;     /* the machine's steps after the last execution */
};

/* Explores until nothing is left, or the budget is used up. */
void search_run(struct search *search);
/* Executes up to `n` times, as the scheduler chooses; always the same ones. */
void search_chosen(struct search *search, const struct scheduler *scheduler, uint32_t n);
/* The alternatives that executions leave are the search's, from now on. */
void search_init(struct search *search, struct execution *x, struct findings *found, struct strategies *strategies);
void search_fini(struct search *search);

#endif
