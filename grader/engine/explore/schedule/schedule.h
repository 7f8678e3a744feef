/* Who decides: a script, a strategy, or the search, to which the first alternative is as good as any. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include "internal.h"

uint32_t schedule_alternative(enum alternative_kind kind, uint32_t n);
/* Takes the script's steps, as far as they go. */
void script_follow(void);
/* Whether its next step is that a loop is left by itself. */
bool script_runs_out(void);

#endif
