/* What threads do while a schedule is run again, besides the events of the graph: marks, and the plugin's plain
 * accesses, and what it frees. */
#ifndef TRACE_H
#define TRACE_H

#include "violation.h"

/* With struct findings as context. */
extern const struct listener trace_listener __attribute__((visibility("hidden")));

void trace_clear(struct findings *found);

/* Decides what the story of the violation tells besides (`told`): of what frees, that by which the block went that it
 * is about; of plain accesses, that by which it shows; and those of what threads look at before they wait, or of what
 * two threads use where none waits, but for reads of what the thread knows already. Of what is looked at, what somebody
 * writes, if there is any. */
void trace_choose(struct findings *found, const struct violation *violation);

#endif
