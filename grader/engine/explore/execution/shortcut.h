/* Rounds of a loop that retries, such as one of compare-exchange: what the last read of it has seen, the first could
 * have seen, and the thread would be where it is now (README.md). */
#ifndef SHORTCUT_H
#define SHORTCUT_H

#include "execution.h"

/* The thread is about to make the access, in this state. True: it has come here by a detour, and goes no further. */
bool shortcut_find(struct execution *x, struct run_thread *thread, const struct action *action, uint64_t state);
/* The same access: notes where the load before it has led. */
void shortcut_note(struct execution *x, const struct run_thread *thread, const struct action *action, uint64_t state);
/* The same where it is about to return from a call of the plugin; notes as well. */
bool shortcut_returns(struct execution *x, struct run_thread *thread);
/* Whether the last event of a thread is a load that has led, seeing this value, round a loop in vain, and is stale. */
bool shortcut_goes_round(struct execution *x, ref r);
/* Executes the graph, in which the load is its thread's last event, and notes where it leads. */
void shortcut_look_up(struct execution *x);
/* Forgets where reads lead. */
void shortcut_forget(struct execution *x);

#endif
