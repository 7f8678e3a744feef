#ifndef LOOP_H
#define LOOP_H

#include "search.h"

/* Whether the executions so far have cost as much as the budget allows for. */
bool search_out_of_work(struct search *search);
/* What is left of so many executions if something is violated already. */
uint64_t search_share(const struct search *search, uint64_t executions);
/* Executes all graphs with at most x->surprises.most surprises, or as many as this budget allows for. */
void search_graphs(struct search *search, uint64_t executions);
/* Whether it has come to its end. */
static inline bool search_is_done(const struct search *search)
{
	return machine->end != END_STOP && search->n_levels == 0 && !machine->bounds.exhausted;
}
/* Counts the execution that has just ended. */
void search_count(struct search *search);

#endif
