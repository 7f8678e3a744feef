/* TruSt's backward revisits, and what an item of the work list stands for. */
#ifndef REVISIT_H
#define REVISIT_H

#include "search.h"

/* Adds an item for each read that may read the new write `w` instead. */
void revisit_push(struct search *search, ref w);
/* Makes the graph that an item stands for; false: there is none. */
bool revisit_apply(struct search *search, struct item item);
/* Finds out where a load would lead (END_AGAIN), by executing what of the graph it needs, and the thread to its next
 * step. The graph stays as it is. */
void revisit_look_up(struct search *search);

#endif
