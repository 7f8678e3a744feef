/* Where not all executions can be had: which ones are. */
#include "strategies.h"

#include <string.h>

#include "graph.h"

#define SEED UINT64_C(0x73796e63)
#define BOUND_MAX 4u
#define IN_A_ROW_MAX 400u /* steps after which a thread that others wait for has to wait itself */

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(struct strategies *strategies)
{
	uint64_t z = (strategies->random += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* ---- few deviations first ---- */

static uint32_t pick(struct bounded_path *path, uint32_t n)
{
	if (n <= 1)
		return 0;
	if (path->depth == PATH_MAX_CHOICES) {
		path->overflows = true;
		return 0;
	}
	if (path->depth == path->length) {
		path->chosen[path->length] = 0;
		path->of[path->length++] = (uint16_t)n;
	}
	return path->chosen[path->depth++];
}

static bool bounded_begin(void *chooser, uint32_t n_threads, uint32_t steps)
{
	struct bounded_path *path = &((struct strategies *)chooser)->path;

	(void)n_threads;
	(void)steps;
	while (path->length > 0 && path->chosen[path->length - 1] + 1u == path->of[path->length - 1])
		path->length--;
	if (path->length > 0)
		path->chosen[path->length - 1]++;
	else if (path->begun && ++path->bound > BOUND_MAX)
		return false;
	path->begun = true;
	path->depth = path->in_a_row = 0;
	path->left = path->bound;
	return true;
}

static uint32_t bounded_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	struct bounded_path *path = &((struct strategies *)x->chooser)->path;
	uint32_t at = 0;

	while (at < n && can[at] != last)
		at++;
	if (at == n) {
		path->in_a_row = 0;
		return can[pick(path, n)];
	}
	/* A loop that is not seen to wait would keep the others from what it waits for. Being fair is no deviation
	 * (Musuvathi and Qadeer, "Fair stateless model checking", PLDI 2008). */
	if (n > 1 && ++path->in_a_row > IN_A_ROW_MAX) {
		path->in_a_row = 0;
		return can[(at + 1) % n];
	}
	uint32_t k = path->left > 0 ? pick(path, n) : 0;
	if (k == 0)
		return last;
	path->in_a_row = 0;
	path->left--;
	return can[k <= at ? k - 1 : k];
}

static uint32_t bounded_alternative(void *chooser, enum alternative_kind kind, uint32_t n)
{
	struct bounded_path *path = &((struct strategies *)chooser)->path;

	(void)kind;
	if (path->left == 0)
		return 0;
	uint32_t k = pick(path, n);
	path->left -= k != 0;
	return k;
}

uint32_t strategy_bounds_done(const struct strategies *strategies)
{
	return strategies->path.overflows ? 0 : strategies->path.bound;
}

/* ---- PCT ---- */

/* Executions with 0 … CHANGES_MAX changes of priority in turn, and every other one with stale reads. */
static bool pct_begin(void *chooser, uint32_t n_threads, uint32_t steps)
{
	struct strategies *strategies = chooser;
	struct priorities *pct = &strategies->pct;

	pct->n_changes = pct->executions / 2 % (CHANGES_MAX + 1);
	pct->stale = pct->executions++ % 2 != 0;
	pct->step = pct->in_a_row = 0;
	pct->least = -1;
	for (uint32_t t = 0; t < n_threads; t++) {
		uint32_t other = (uint32_t)(next_random(strategies) % (t + 1));
		pct->priority[t] = pct->priority[other];
		pct->priority[other] = (int32_t)(CHANGES_MAX + t);
	}
	for (uint32_t i = 0; i < pct->n_changes; i++)
		pct->change[i] = (uint32_t)(next_random(strategies) % (steps + 1));
	return true;
}

static uint32_t highest(const struct priorities *pct, const uint32_t *can, uint32_t n)
{
	uint32_t best = can[0];

	for (uint32_t i = 1; i < n; i++) {
		if (pct->priority[can[i]] > pct->priority[best])
			best = can[i];
	}
	return best;
}

static uint32_t pct_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	struct priorities *pct = &((struct strategies *)x->chooser)->pct;
	uint32_t next = highest(pct, can, n);

	for (uint32_t i = 0; i < pct->n_changes; i++) {
		if (pct->change[i] == pct->step)
			pct->priority[next] = (int32_t)i;
	}
	pct->in_a_row = next == last ? pct->in_a_row + 1 : 0;
	if (pct->in_a_row > IN_A_ROW_MAX) {
		pct->priority[next] = pct->least--;
		pct->in_a_row = 0;
	}
	pct->step++;
	return highest(pct, can, n);
}

static uint32_t pct_alternative(void *chooser, enum alternative_kind kind, uint32_t n)
{
	struct strategies *strategies = chooser;
	uint64_t random = next_random(strategies);

	if (kind == ALTERNATIVE_CHOICE)
		return (random & 15) != 0 ? 0 : (uint32_t)((random >> 8) % n);
	return !strategies->pct.stale || (random & 3) != 0 ? 0 : (uint32_t)((random >> 8) % n);
}

/* ---- a random walk ---- */

static bool walk_begin(void *chooser, uint32_t n_threads, uint32_t steps)
{
	(void)chooser;
	(void)n_threads;
	(void)steps;
	return true;
}

static uint32_t walk_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	struct strategies *strategies = x->chooser;
	uint64_t random = next_random(strategies);

	for (uint32_t i = 0; i < n && (random & 3) != 0; i++) {
		if (can[i] == last)
			return last;
	}
	return can[(random >> 8) % n];
}

static uint32_t walk_alternative(void *chooser, enum alternative_kind kind, uint32_t n)
{
	struct strategies *strategies = chooser;
	uint64_t random = next_random(strategies);

	(void)kind;
	return (random & 3) != 0 ? 0 : (uint32_t)((random >> 8) % n);
}

void strategies_reset(struct strategies *strategies)
{
	memset(strategies, 0, sizeof *strategies);
	strategies->random = SEED;
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
