#include "fold.h"

#include <stdbool.h>
#include <string.h>

#define ROUND_MAX 8u

/* The steps of one thread within one part (before, in, after the cycle), by index among all. */
struct own {
	uint32_t n, index[FOLD_STEPS_MAX];
};

static bool changes_nothing(const struct explore_step *step)
{
	switch ((enum explore_step_kind)step->kind) {
	case STEP_FENCE:
		return true;
	case STEP_LOAD:
	case STEP_COMPARE_FAILED:
	case STEP_PLAIN_READ:
		return (step->flags & STEP_HAS_VALUE) != 0;
	case STEP_EXCHANGE:
	case STEP_FETCH:
	case STEP_COMPARE:
		return (step->flags & STEP_HAS_STORED) == 0 || step->stored == step->value;
	default:
		return false;
	}
}

/* ---- calls of the library that come to nothing within a round ---- */

enum call { CALL_OTHER, CALL_HARMLESS, CALL_LOCKS, CALL_UNLOCKS };

static enum call call_of(const struct explore_step *step)
{
	static const struct {
		const char *name;
		enum call call;
	} calls[] = {
		{ "sched_yield", CALL_HARMLESS },
		{ "sleep", CALL_HARMLESS },
		{ "pthread_mutex_lock", CALL_LOCKS },
		{ "pthread_mutex_unlock", CALL_UNLOCKS },
		{ "pthread_spin_lock", CALL_LOCKS },
		{ "pthread_spin_unlock", CALL_UNLOCKS },
		{ "pthread_rwlock_rdlock", CALL_LOCKS },
		{ "pthread_rwlock_wrlock", CALL_LOCKS },
		{ "pthread_rwlock_unlock", CALL_UNLOCKS },
		{ "mtx_lock", CALL_LOCKS },
		{ "mtx_unlock", CALL_UNLOCKS },
	};
	for (size_t i = 0; step->kind == STEP_LIBRARY && i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strcmp(step->note, calls[i].name) == 0)
			return calls[i].call;
	}
	return CALL_OTHER;
}

/* What the steps of a round hold. */
struct held {
	uint32_t n;
	struct wire_place object[ROUND_MAX];
};

static bool same_place(const struct wire_place *one, const struct wire_place *other)
{
	return memcmp(one, other, sizeof *one) == 0;
}

/* Follows one step of a round. False: it is none, for it changes something that the round does not take back. */
static bool held_follow(struct held *held, const struct explore_step *step)
{
	uint32_t i = 0;

	switch (call_of(step)) {
	case CALL_OTHER:
		return changes_nothing(step);
	case CALL_HARMLESS:
		return true;
	case CALL_LOCKS:
		held->object[held->n++] = step->address;
		return true;
	case CALL_UNLOCKS:
		while (i < held->n && !same_place(&held->object[i], &step->address))
			i++;
		if (i == held->n)
			return false;
		held->object[i] = held->object[--held->n];
		return true;
	}
	return false;
}

/* ---- rounds ---- */

static bool same(const struct explore_step *one, const struct explore_step *two)
{
	return one->kind == two->kind && one->flags == two->flags && one->order == two->order &&
	       one->value == two->value && one->stored == two->stored && one->newest == two->newest &&
	       one->newest_thread == two->newest_thread && same_place(&one->place, &two->place) &&
	       same_place(&one->address, &two->address) && strcmp(one->note, two->note) == 0;
}

/* How many rounds of `length` steps begin at own step `at`; fewer than 2: it is no loop. */
static uint32_t rounds_at(const struct explore_step *steps, const struct own *own, uint32_t at, uint32_t length)
{
	uint32_t rounds = 1;
	struct held held = { .n = 0 };
	bool reads = false;

	for (uint32_t i = at; i < at + length && i < own->n; i++) {
		if (!held_follow(&held, &steps[own->index[i]]))
			return 0;
		reads |= steps[own->index[i]].kind != STEP_FENCE;
	}
	if (held.n > 0)
		return 0;
	for (; reads && at + (rounds + 1) * length <= own->n; rounds++) {
		for (uint32_t i = 0; i < length; i++) {
			if (!same(&steps[own->index[at + i]], &steps[own->index[at + rounds * length + i]]))
				return rounds;
		}
	}
	return rounds;
}

/* Marks what goes with repeat 0. */
static void fold_own(struct explore_step *steps, const struct own *own)
{
	for (uint32_t at = 0; at < own->n;) {
		uint32_t length = 1, rounds = 1;
		for (; length <= ROUND_MAX; length++) {
			if ((rounds = rounds_at(steps, own, at, length)) >= 2)
				break;
		}
		if (rounds < 2) {
			at++;
			continue;
		}
		for (uint32_t i = 0; i < rounds * length; i++)
			steps[own->index[at + i]].repeat = i < length ? rounds : 0;
		at += rounds * length;
	}
}

static void fold_part(struct explore_step *steps, uint32_t from, uint32_t to, uint32_t thread)
{
	static struct own own;

	own.n = 0;
	for (uint32_t i = from; i < to && own.n < FOLD_STEPS_MAX; i++) {
		if (steps[i].thread == thread)
			own.index[own.n++] = i;
	}
	fold_own(steps, &own);
}

uint32_t fold_spins(struct explore_step *steps, uint32_t n, uint32_t *begin, uint32_t *end)
{
	const uint32_t bound[] = { 0, *begin <= n ? *begin : n, *end <= n ? *end : n, n };
	uint32_t threads = 0, kept = 0, new_begin = 0, new_end = 0;

	for (uint32_t i = 0; i < n; i++)
		threads = steps[i].thread >= threads ? steps[i].thread + 1 : threads;
	for (uint32_t t = 0; t < threads; t++) {
		for (unsigned part = 0; part < 3; part++)
			fold_part(steps, bound[part], bound[part + 1], t);
	}
	for (uint32_t i = 0; i < n; i++) {
		new_begin += i < *begin && steps[i].repeat != 0;
		new_end += i < *end && steps[i].repeat != 0;
		if (steps[i].repeat != 0)
			steps[kept++] = steps[i];
	}
	*begin = new_begin;
	*end = new_end;
	return kept;
}

uint32_t fold_cut(struct explore_step *steps, uint32_t n, uint32_t most, uint32_t *begin, uint32_t *end)
{
	uint32_t head = most / 4, tail = most - head - 1;
	uint32_t from = n > tail ? n - tail : 0; /* what is kept begins here again */
	bool cycle = *begin < *end;

	/* A cycle is told whole. */
	if (cycle && *begin < from)
		from = *begin;
	if (n <= most || from <= head + 1)
		return n;
	uint32_t out = from - head;
	/* Steps that were left out before are counted on. */
	uint64_t all = 0;
	for (uint32_t i = head; i < from; i++)
		all += steps[i].kind == STEP_LEFT_OUT ? steps[i].value : 1;
	steps[head] = (struct explore_step){ .thread = steps[from].thread,
					     .kind = STEP_LEFT_OUT,
					     .order = -1,
					     .repeat = 1,
					     .flags = STEP_HAS_VALUE,
					     .value = all };
	memmove(&steps[head + 1], &steps[from], (n - from) * sizeof *steps);
	if (cycle) {
		*begin -= out - 1;
		*end -= out - 1;
	}
	return n - out + 1;
}
