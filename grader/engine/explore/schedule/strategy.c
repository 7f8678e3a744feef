/* Where not all executions can be had: which ones are. */
#include "strategies.h"

#include <string.h>

#include "graph.h"

#define SEED UINT64_C(0x73796e63)
#define PATH_MAX_CHOICES 8192u
#define BOUND_MAX 4u
#define CHANGES_MAX 5u
#define IN_A_ROW_MAX 400u /* steps after which a thread that others wait for has to wait itself */

static uint64_t state = SEED;

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(void)
{
	uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* ---- few deviations first ---- */

/* The execution's choices, and how many there were: a path in the tree of all, walked depth first. */
static struct {
	uint16_t chosen[PATH_MAX_CHOICES], of[PATH_MAX_CHOICES];
	uint32_t depth, length;
	uint32_t bound, left;
	uint32_t in_a_row; /* steps of one thread */
	bool begun;
	bool overflows; /* an execution had more choices than are kept */
} path;

static uint32_t pick(uint32_t n)
{
	if (n <= 1)
		return 0;
	if (path.depth == PATH_MAX_CHOICES) {
		path.overflows = true;
		return 0;
	}
	if (path.depth == path.length) {
		path.chosen[path.length] = 0;
		path.of[path.length++] = (uint16_t)n;
	}
	return path.chosen[path.depth++];
}

static bool bounded_begin(uint32_t n_threads, uint32_t steps)
{
	(void)n_threads;
	(void)steps;
	while (path.length > 0 && path.chosen[path.length - 1] + 1u == path.of[path.length - 1])
		path.length--;
	if (path.length > 0)
		path.chosen[path.length - 1]++;
	else if (path.begun && ++path.bound > BOUND_MAX)
		return false;
	path.begun = true;
	path.depth = path.in_a_row = 0;
	path.left = path.bound;
	return true;
}

static uint32_t bounded_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	(void)x;
	uint32_t at = 0;

	while (at < n && can[at] != last)
		at++;
	if (at == n) {
		path.in_a_row = 0;
		return can[pick(n)];
	}
	/* A loop that is not seen to wait would keep the others from what it waits for. Being fair is no deviation
	 * (Musuvathi and Qadeer, "Fair stateless model checking", PLDI 2008). */
	if (n > 1 && ++path.in_a_row > IN_A_ROW_MAX) {
		path.in_a_row = 0;
		return can[(at + 1) % n];
	}
	uint32_t k = path.left > 0 ? pick(n) : 0;
	if (k == 0)
		return last;
	path.in_a_row = 0;
	path.left--;
	return can[k <= at ? k - 1 : k];
}

static uint32_t bounded_alternative(enum alternative_kind kind, uint32_t n)
{
	(void)kind;
	if (path.left == 0)
		return 0;
	uint32_t k = pick(n);
	path.left -= k != 0;
	return k;
}

uint32_t strategy_bounds_done(void)
{
	return path.overflows ? 0 : path.bound;
}

/* ---- PCT ---- */

static struct {
	int32_t priority[THREADS_MAX]; /* the highest goes; those of the change points are 0 … CHANGES_MAX - 1 */
	uint32_t change[CHANGES_MAX], n_changes;
	uint32_t step, in_a_row, executions;
	int32_t least;
	bool stale;
} pct;

/* Executions with 0 … CHANGES_MAX changes of priority in turn, and every other one with stale reads. */
static bool pct_begin(uint32_t n_threads, uint32_t steps)
{
	pct.n_changes = pct.executions / 2 % (CHANGES_MAX + 1);
	pct.stale = pct.executions++ % 2 != 0;
	pct.step = pct.in_a_row = 0;
	pct.least = -1;
	for (uint32_t t = 0; t < n_threads; t++) {
		uint32_t other = (uint32_t)(next_random() % (t + 1));
		pct.priority[t] = pct.priority[other];
		pct.priority[other] = (int32_t)(CHANGES_MAX + t);
	}
	for (uint32_t i = 0; i < pct.n_changes; i++)
		pct.change[i] = (uint32_t)(next_random() % (steps + 1));
	return true;
}

static uint32_t highest(const uint32_t *can, uint32_t n)
{
	uint32_t best = can[0];

	for (uint32_t i = 1; i < n; i++) {
		if (pct.priority[can[i]] > pct.priority[best])
			best = can[i];
	}
	return best;
}

static uint32_t pct_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	(void)x;
	uint32_t next = highest(can, n);

	for (uint32_t i = 0; i < pct.n_changes; i++) {
		if (pct.change[i] == pct.step)
			pct.priority[next] = (int32_t)i;
	}
	pct.in_a_row = next == last ? pct.in_a_row + 1 : 0;
	if (pct.in_a_row > IN_A_ROW_MAX) {
		pct.priority[next] = pct.least--;
		pct.in_a_row = 0;
	}
	pct.step++;
	return highest(can, n);
}

static uint32_t pct_alternative(enum alternative_kind kind, uint32_t n)
{
	uint64_t random = next_random();

	if (kind == ALTERNATIVE_CHOICE)
		return (random & 15) != 0 ? 0 : (uint32_t)((random >> 8) % n);
	return !pct.stale || (random & 3) != 0 ? 0 : (uint32_t)((random >> 8) % n);
}

/* ---- a random walk ---- */

static bool walk_begin(uint32_t n_threads, uint32_t steps)
{
	(void)n_threads;
	(void)steps;
	return true;
}

static uint32_t walk_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	(void)x;
	uint64_t random = next_random();

	for (uint32_t i = 0; i < n && (random & 3) != 0; i++) {
		if (can[i] == last)
			return last;
	}
	return can[(random >> 8) % n];
}

static uint32_t walk_alternative(enum alternative_kind kind, uint32_t n)
{
	uint64_t random = next_random();

	(void)kind;
	return (random & 3) != 0 ? 0 : (uint32_t)((random >> 8) % n);
}

void strategies_reset(void)
{
	state = SEED;
	memset(&path, 0, sizeof path);
	memset(&pct, 0, sizeof pct);
	sites_reset();
}

const struct scheduler scheduler_bounded = {
	.name = "few deviations first",
	.patient = true,
	.begin = bounded_begin,
	.thread = bounded_thread,
	.alternative = bounded_alternative,
};
const struct scheduler scheduler_pct = {
	.name = "probabilistic concurrency testing",
	.patient = true,
	.begin = pct_begin,
	.thread = pct_thread,
	.alternative = pct_alternative,
};
const struct scheduler scheduler_walk = {
	.name = "random walk",
	.patient = true,
	.begin = walk_begin,
	.thread = walk_thread,
	.alternative = walk_alternative,
};
