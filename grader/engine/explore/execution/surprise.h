/* Surprises: wake-ups without a reason, and times that are over. They multiply executions, and one alone shows what is
 * to be seen in nearly all programs: so the search looks at all executions without them first, then at those with one,
 * then at the others (search/README.md). */
#ifndef SURPRISE_H
#define SURPRISE_H

#include "execution.h"

/* How many of the action's choices the search may take in the execution as it is now: all, or only what is no surprise.
 */
uint32_t surprise_choices(struct execution *x, const struct action *action);
/* Whether the thread begins to sleep on a condition variable. */
bool surprise_sleeps(const struct action *action);
/* Whether it does so in the state in which it did before it was woken without a reason: in vain, then, and goes no
 * further. */
bool surprise_in_vain(struct run_thread *thread, uint64_t state);

#endif
