/* All interleavings of a program that uses the library: one state machine, each operation one step, but for the wait on
 * a condition, which sleeps, wakes, and takes the mutex. */
#include <stdlib.h>
#include <string.h>

#include "program.h"

enum sleep { AWAKE, ASLEEP, WOKEN };

struct state {
	uint8_t at[PROGRAM_THREADS], sleep[PROGRAM_THREADS], spurious[PROGRAM_THREADS];
	int8_t owner[PROGRAM_MUTEXES];
	uint8_t semaphore;
	int16_t last[PROGRAM_THREADS];
	uint8_t variable[PROGRAM_LOCATIONS];
	struct outcome outcome;
};

#define TABLE (1u << 20)

struct search {
	const struct program *program;
	struct outcomes *outcomes;
	struct state *seen;
	uint32_t *table, n, most;
	uint32_t surprises; /* wake-ups without a reason, of all threads together: at most so many */
	bool full, stuck;
};

static bool already_seen(struct search *search, const struct state *s)
{
	const uint8_t *byte = (const uint8_t *)s;
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < sizeof *s; i++)
		hash = (hash ^ byte[i]) * 1099511628211u;
	for (uint32_t slot = (uint32_t)(hash % TABLE);; slot = (slot + 1) % TABLE) {
		if (search->table[slot] == 0) {
			search->full = search->full || search->n == search->most;
			if (search->full)
				return true;
			search->seen[search->n] = *s;
			search->table[slot] = ++search->n;
			return false;
		}
		if (memcmp(&search->seen[search->table[slot] - 1], s, sizeof *s) == 0)
			return true;
	}
}

static void enumerate(struct search *search, const struct state *s);

static void read_value(struct state *s, uint32_t t, uint8_t value)
{
	s->outcome.byte[REGISTER_OF(t, s->at[t])] = value;
	s->last[t] = value;
}

static void wake(struct search *search, const struct state *s, uint32_t t, bool all)
{
	struct state next = *s;
	bool any = false;

	next.at[t]++;
	for (uint32_t u = 0; u < search->program->n_threads; u++) {
		if (s->sleep[u] != ASLEEP)
			continue;
		any = true;
		next.sleep[u] = WOKEN;
		if (all)
			continue;
		enumerate(search, &next);
		next.sleep[u] = ASLEEP;
	}
	if (all || !any)
		enumerate(search, &next);
}

static uint32_t surprises(const struct search *search, const struct state *s)
{
	uint32_t n = 0;

	for (uint32_t t = 0; t < search->program->n_threads; t++)
		n += s->spurious[t];
	return n;
}

/* The wait of thread t; false: it cannot take a step by itself. */
static bool step_wait(struct search *search, const struct state *s, uint32_t t, const struct op *op)
{
	struct state next = *s;

	switch ((enum sleep)s->sleep[t]) {
	case AWAKE:
		next.owner[op->location] = -1;
		next.sleep[t] = ASLEEP;
		enumerate(search, &next);
		return true;
	case ASLEEP:
		if (s->spurious[t] == 0 && surprises(search, s) < search->surprises) {
			next.spurious[t] = 1;
			next.sleep[t] = WOKEN;
			enumerate(search, &next);
		}
		return false;
	case WOKEN:
		if (s->owner[op->location] >= 0)
			return false;
		next.owner[op->location] = (int8_t)t;
		next.sleep[t] = AWAKE;
		next.at[t]++;
		enumerate(search, &next);
		return true;
	}
	return false;
}

/* The next step of thread t; false: it waits for another. */
static bool step(struct search *search, const struct state *s, uint32_t t)
{
	const struct op *op = &search->program->op[t][s->at[t]];
	struct state next = *s;

	if (op->when >= 0 && op->when != s->last[t]) {
		next.at[t]++;
		enumerate(search, &next);
		return true;
	}
	switch ((enum op_kind)op->kind) {
	case OP_LOAD:
		read_value(&next, t, s->variable[op->location]);
		break;
	case OP_STORE:
		next.variable[op->location] = op->value;
		break;
	case OP_ADD:
		read_value(&next, t, s->variable[op->location]);
		next.variable[op->location] = (uint8_t)(next.variable[op->location] + op->value);
		break;
	case OP_LOCK:
		if (s->owner[op->location] >= 0)
			return false;
		next.owner[op->location] = (int8_t)t;
		break;
	case OP_TRYLOCK:
		read_value(&next, t, s->owner[op->location] >= 0);
		if (s->owner[op->location] < 0)
			next.owner[op->location] = (int8_t)t;
		break;
	case OP_UNLOCK:
		next.owner[op->location] = -1;
		break;
	case OP_WAIT:
		return step_wait(search, s, t, op);
	case OP_SIGNAL:
	case OP_BROADCAST:
		wake(search, s, t, op->kind == OP_BROADCAST);
		return true;
	case OP_SEMAPHORE_WAIT:
		if (s->semaphore == 0)
			return false;
		next.semaphore--;
		break;
	case OP_SEMAPHORE_TRY:
		read_value(&next, t, s->semaphore == 0);
		next.semaphore = (uint8_t)(next.semaphore - (s->semaphore > 0));
		break;
	case OP_SEMAPHORE_POST:
		next.semaphore++;
		break;
	default:
		abort();
	}
	next.at[t]++;
	enumerate(search, &next);
	return true;
}

static void enumerate(struct search *search, const struct state *s)
{
	bool done = true, moved = false;

	if (already_seen(search, s))
		return;
	for (uint32_t t = 0; t < search->program->n_threads; t++) {
		if (s->at[t] == search->program->n[t])
			continue;
		done = false;
		moved = step(search, s, t) || moved;
	}
	search->stuck = search->stuck || (!done && !moved);
	if (!done)
		return;
	struct outcome outcome = s->outcome;
	for (uint32_t l = 0; l < search->program->n_locations; l++)
		outcome.byte[FINAL_OF(l)] = s->variable[l];
	outcomes_add(search->outcomes, &outcome);
}

int interleavings_enumerate(const struct program *program, uint32_t most, uint32_t surprises, struct outcomes *outcomes,
			    bool *stuck)
{
	struct search search = { .program = program, .outcomes = outcomes, .surprises = surprises };
	struct state s;

	search.most = most < TABLE / 2 ? most : TABLE / 2;
	search.seen = malloc(search.most * sizeof *search.seen);
	search.table = calloc(TABLE, sizeof *search.table);
	if (search.seen == NULL || search.table == NULL)
		abort();
	memset(&s, 0, sizeof s);
	memset(s.owner, -1, sizeof s.owner);
	memset(s.last, -1, sizeof s.last);
	memset(&s.outcome, NOT_READ, sizeof s.outcome);
	enumerate(&search, &s);
	*stuck = search.stuck;
	free(search.seen);
	free(search.table);
	return search.full ? -1 : 0;
}
