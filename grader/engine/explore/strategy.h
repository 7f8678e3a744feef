/* Where not all executions can be had: which ones are. A strategy chooses, step by step, who goes next and which
 * alternative is taken; it has no luck in it (fixed seeds). */
#ifndef STRATEGY_H
#define STRATEGY_H

#include <stdbool.h>
#include <stdint.h>

enum alternative_kind {
	ALTERNATIVE_READ,  /* 0: the newest write */
	ALTERNATIVE_WRITE, /* 0: becomes the newest */
	ALTERNATIVE_CHOICE /* 0: the library does as expected; others: a spurious wake-up, a time that is over, … */
};

struct strategy {
	const char *name;
	/* Before each execution; `steps`: of the longest one so far. False: there are no others. */
	bool (*begin)(uint32_t n_threads, uint32_t steps);
	/* Which of can[0 … n-1], ascending, takes the next step; n > 0. `last`: who took the one before. */
	uint32_t (*thread)(const uint32_t *can, uint32_t n, uint32_t last);
	/* 0 … n-1; n > 1 */
	uint32_t (*alternative)(enum alternative_kind kind, uint32_t n);
};

/* All executions with few deviations first, 0, 1, 2, …: a preemption, a stale read, a write put before others, a
 * spurious wake-up are one each. After iterative context bounding (Musuvathi and Qadeer, PLDI 2007). */
extern const struct strategy strategy_bounded __attribute__((visibility("hidden")));
/* Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010). */
extern const struct strategy strategy_pct __attribute__((visibility("hidden")));
/* A plain random walk. */
extern const struct strategy strategy_walk __attribute__((visibility("hidden")));

/* Forgets all that was chosen before. */
void strategies_reset(void);

#endif
