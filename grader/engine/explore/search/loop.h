#ifndef LOOP_H
#define LOOP_H

#include "search.h"

/* Whether the executions so far have cost as much as the budget allows for. */
bool search_out_of_work(struct search *search);
/* Counts the execution that has just ended. */
void search_count(struct search *search);

#endif
