/* The schedulers that there are. Those that choose executions for a series of them have struct strategies as what they
 * remember. */
#ifndef STRATEGIES_H
#define STRATEGIES_H

#include <stdbool.h>
#include <stdint.h>

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

#define PATH_MAX_CHOICES 8192u
#define CHANGES_MAX 5u
#define SITES_MAX 512u

/* scheduler_bounded: the execution's choices, and how many there were: a path in the tree of all, walked depth first.
 */
struct bounded_path {
	uint16_t chosen[PATH_MAX_CHOICES], of[PATH_MAX_CHOICES];
	uint32_t depth, length;
	uint32_t bound, left;
	uint32_t in_a_row; /* steps of one thread */
	bool begun;
	bool overflows; /* an execution had more choices than are kept */
};

/* scheduler_pct */
struct priorities {
	int32_t priority[THREADS_MAX]; /* the highest goes; those of the change points are 0 … CHANGES_MAX - 1 */
	uint32_t change[CHANGES_MAX], n_changes;
	uint32_t step, in_a_row, executions;
	int32_t least;
	bool stale;
};

enum site_kind { SITE_THREAD, SITE_READ, SITE_WRITE, SITE_CHOICE };

struct site {
	uint64_t pc;
	enum site_kind kind;
	uint32_t ways; /* so many other choices there have been at once */
};

struct deviation {
	uint32_t site, time, way;
};

/* scheduler_sites */
struct sites {
	struct site site[SITES_MAX];
	uint32_t n;
	struct deviation plan[2];
	uint32_t deviations; /* of this execution: 0, 1, 2 */
	bool begun;
	/* of the execution that runs */
	uint32_t at;   /* deviations made */
	uint32_t came; /* how often the place of the next one has come */
	uint32_t last; /* thread */
};

/* What the strategies remember, from one execution to the next. */
struct strategies {
	uint64_t random; /* the state of the generator */
	struct bounded_path path;
	struct priorities pct;
	struct sites sites;
};

/* How many bounds scheduler_bounded is done with: n, if it has had all executions with 0 … n - 1 deviations. */
uint32_t strategy_bounds_done(const struct strategies *strategies);

/* The strategies begin from their beginning. They have no luck in them: fixed seeds. */
void strategies_reset(struct strategies *strategies);

#endif
