/* One execution: along the graph, then on. */
#ifndef EXECUTION_H
#define EXECUTION_H

#include "internal.h"

/* Handles a request that is an event of the model. */
void execution_event(struct run_thread *thread, const struct action *action);
/* Runs a thread until it can go no further; `one_event`: no more than one event of the model. True: it moved. */
bool execution_advance(struct run_thread *thread, bool one_event);
bool execution_all_done(void);

#endif
