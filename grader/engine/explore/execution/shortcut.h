/* Rounds of a loop that retries, such as one of compare-exchange: what the last read of it has seen, the first could
 * have seen, and the thread would be where it is now (README.md). */
#ifndef SHORTCUT_H
#define SHORTCUT_H

#include "execution.h"

/* The thread is about to make the access, in this state. True: it has come here by a detour, and goes no further. */
bool shortcut_find(struct execution *x, struct run_thread *thread, const struct action *action, uint64_t state);
/* Forgets where reads lead. */
void shortcut_forget(struct execution *x);

#endif
