/* Where more executions show a violation than were compared: the one that is told is made shorter. */
#ifndef SHORTEN_H
#define SHORTEN_H

#include "violation.h"

/* Runs what the schedule of the property's violation leads to when something is left out of it or put elsewhere, and
 * takes what shows the same with fewer changes of thread, or as many and fewer steps. The same result for the same
 * plugin; no claim that there is nothing shorter. */
void shorten(struct findings *found, uint32_t property);

#endif
