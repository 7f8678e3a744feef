/* The schedulers that there are. */
#ifndef STRATEGIES_H
#define STRATEGIES_H

#include "execution.h"

extern const struct scheduler scheduler_exhaustive __attribute__((visibility("hidden")));
/* All executions with few deviations first, 0, 1, 2, …: a preemption, a stale read, a write put before others, a
 * spurious wake-up are one each. After iterative context bounding (Musuvathi and Qadeer, PLDI 2007). */
extern const struct scheduler scheduler_bounded __attribute__((visibility("hidden")));
/* One deviation, then two, at each place of the program in turn (sites.c). */
extern const struct scheduler scheduler_sites __attribute__((visibility("hidden")));
/* Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010). */
extern const struct scheduler scheduler_pct __attribute__((visibility("hidden")));
/* A plain random walk. */
extern const struct scheduler scheduler_walk __attribute__((visibility("hidden")));
/* The schedule of replay.h. */
extern const struct scheduler scheduler_replay __attribute__((visibility("hidden")));

/* How many bounds scheduler_bounded is done with: n, if it has had all executions with 0 … n - 1 deviations. */
uint32_t strategy_bounds_done(void);

/* The strategies begin from their beginning. They have no luck in them: fixed seeds. */
void strategies_reset(void);
void sites_reset(void);

#endif
