#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void outcomes_add(struct outcomes *outcomes, const struct outcome *outcome)
{
	for (uint32_t i = 0; i < outcomes->n; i++) {
		if (memcmp(&outcomes->entry[i].outcome, outcome, sizeof *outcome) == 0) {
			outcomes->entry[i].count++;
			return;
		}
	}
	if (outcomes->n == outcomes->capacity) {
		outcomes->capacity = outcomes->capacity == 0 ? 64 : 2 * outcomes->capacity;
		outcomes->entry = realloc(outcomes->entry, outcomes->capacity * sizeof *outcomes->entry);
		if (outcomes->entry == NULL)
			abort();
	}
	outcomes->entry[outcomes->n].outcome = *outcome;
	outcomes->entry[outcomes->n++].count = 1;
}

void outcomes_free(struct outcomes *outcomes)
{
	free(outcomes->entry);
	*outcomes = (struct outcomes){ 0 };
}

/* SplitMix64. */
static uint64_t next(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static uint32_t below(uint64_t *state, uint32_t n)
{
	return (uint32_t)(next(state) % n);
}

static uint8_t pick(uint64_t *state, const uint8_t *from, uint32_t n)
{
	return from[below(state, n)];
}

#define PICK(state, ...) pick(state, (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }))

/* What is in favour in a program: all kinds alike; messages that read-modify-writes and stores pass on; seq_cst and
 * fences among others; read-modify-writes. */
enum style { STYLE_ALL, STYLE_MESSAGES, STYLE_FENCES, STYLE_UPDATES, STYLE_CHAIN, STYLES };

static uint8_t random_kind(uint64_t *state, enum style style)
{
	switch (style) {
	case STYLE_MESSAGES:
		return PICK(state, OP_LOAD, OP_STORE, OP_STORE, OP_ADD);
	case STYLE_FENCES:
		return PICK(state, OP_LOAD, OP_LOAD, OP_STORE, OP_STORE, OP_FENCE, OP_FENCE, OP_SWAP);
	case STYLE_UPDATES:
		return PICK(state, OP_LOAD, OP_ADD, OP_SWAP, OP_COMPARE, OP_COMPARE, OP_STORE);
	default:
		return PICK(state, OP_LOAD, OP_LOAD, OP_LOAD, OP_STORE, OP_STORE, OP_STORE, OP_ADD, OP_SWAP, OP_COMPARE,
			    OP_COMPARE, OP_FENCE, OP_AWAIT);
	}
}

static uint8_t random_order(uint64_t *state, uint8_t kind)
{
	switch (kind) {
	case OP_LOAD:
	case OP_AWAIT:
		return PICK(state, __ATOMIC_RELAXED, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE, __ATOMIC_SEQ_CST);
	case OP_STORE:
		return PICK(state, __ATOMIC_RELAXED, __ATOMIC_RELAXED, __ATOMIC_RELEASE, __ATOMIC_SEQ_CST);
	case OP_FENCE:
		return PICK(state, __ATOMIC_ACQUIRE, __ATOMIC_RELEASE, __ATOMIC_ACQ_REL, __ATOMIC_SEQ_CST,
			    __ATOMIC_SEQ_CST);
	default:
		return PICK(state, __ATOMIC_RELAXED, __ATOMIC_RELAXED, __ATOMIC_ACQUIRE, __ATOMIC_RELEASE,
			    __ATOMIC_ACQ_REL, __ATOMIC_SEQ_CST);
	}
}

/* The initial value, or one that some operation writes to the location: else little would ever be equal. */
static uint8_t random_value(uint64_t *state, const struct program *program, uint8_t location)
{
	uint8_t values[1 + PROGRAM_THREADS * PROGRAM_OPS] = { 0 };
	uint32_t n = 1;

	for (uint32_t t = 0; t < program->n_threads; t++) {
		for (uint32_t i = 0; i < program->n[t]; i++) {
			const struct op *op = &program->op[t][i];
			if (op->location == location && op->kind != OP_LOAD && op->kind != OP_FENCE &&
			    op->kind != OP_AWAIT && op->kind != OP_LOOK)
				values[n++] = op->value;
		}
	}
	return values[below(state, n)];
}

/* x, then y; y, and y again; y, then x: with now and then another operation or order than that. */
static void chain(struct program *program, uint32_t t, uint64_t *state)
{
	static const struct op parts[PROGRAM_THREADS][2] = {
		{ { .kind = OP_STORE }, { .kind = OP_STORE, .location = 1 } },
		{ { .kind = OP_ADD, .location = 1 }, { .kind = OP_STORE, .location = 1 } },
		{ { .kind = OP_LOAD, .location = 1 }, { .kind = OP_LOAD } },
	};

	program->n[t] = 2 + below(state, 2);
	for (uint32_t i = 0; i < program->n[t]; i++) {
		struct op *op = &program->op[t][i];
		*op = parts[t][i < 2 ? i : below(state, 2)];
		if (below(state, 6) == 0)
			op->kind = random_kind(state, STYLE_MESSAGES);
		op->order = random_order(state, op->kind);
		op->value = (uint8_t)(op->kind == OP_ADD ? 16 : 1 + REGISTER_OF(t, i));
		op->when = -1;
	}
}

void program_generate(struct program *program, uint64_t seed)
{
	uint64_t state = seed;

	*program = (struct program){ .n_threads = below(&state, 3) == 0 ? 2 : 3, .n_locations = 1 + below(&state, 3) };
	enum style style = (enum style)below(&state, STYLES);
	bool all_sc = below(&state, 10) == 0;
	if (style == STYLE_MESSAGES || style == STYLE_CHAIN)
		*program = (struct program){ .n_threads = 3, .n_locations = 2 };
	for (uint32_t t = 0; t < program->n_threads; t++) {
		if (style == STYLE_CHAIN) {
			chain(program, t, &state);
			continue;
		}
		program->n[t] = 1 + below(&state, program->n_threads == 2 ? PROGRAM_OPS : 4);
		for (uint32_t i = 0; i < program->n[t]; i++) {
			struct op *op = &program->op[t][i];
			op->kind = random_kind(&state, style);
			op->location = (uint8_t)below(&state, program->n_locations);
			op->order = all_sc ? __ATOMIC_SEQ_CST : random_order(&state, op->kind);
			op->failure = all_sc ? __ATOMIC_SEQ_CST : random_order(&state, OP_LOAD);
			op->value = (uint8_t)(op->kind == OP_ADD ? 16 : 1 + REGISTER_OF(t, i));
			op->when = -1;
		}
	}
	for (uint32_t t = 0; t < program->n_threads; t++) {
		for (uint32_t i = 0; i < program->n[t]; i++) {
			struct op *op = &program->op[t][i];
			op->expected = random_value(&state, program, op->location);
			if (op->kind == OP_AWAIT)
				op->value = op->expected;
			if (below(&state, 8) == 0)
				op->when =
				    (int8_t)random_value(&state, program, (uint8_t)below(&state, program->n_locations));
		}
	}
}

void program_look_twice(struct program *program, uint64_t seed)
{
	uint64_t state = seed ^ UINT64_C(0x5851f42d4c957f2d);

	for (uint32_t t = 0; t < program->n_threads; t++) {
		for (uint32_t i = 0; i + 1 < program->n[t]; i++) {
			struct op *op = &program->op[t][i];
			if (below(&state, 3) != 0)
				continue;
			for (uint32_t k = 0; k < 2; k++) {
				uint8_t location = (uint8_t)below(&state, program->n_locations);
				op[k] = (struct op){ .kind = k == 0 ? OP_LOOK : OP_AWAIT,
						     .location = location,
						     .order = random_order(&state, OP_LOAD),
						     .value = random_value(&state, program, location),
						     .when = -1 };
			}
			i++;
		}
	}
}

static void add_op(struct program *program, uint32_t t, struct op op)
{
	if (program->n[t] == PROGRAM_OPS)
		return;
	op.order = op.failure = __ATOMIC_SEQ_CST;
	op.value = (uint8_t)(op.kind == OP_ADD ? 16 : 1 + REGISTER_OF(t, program->n[t]));
	program->op[t][program->n[t]++] = op;
}

static struct op data_op(struct program *program, uint64_t *state)
{
	return (struct op){ .kind = PICK(state, OP_LOAD, OP_STORE, OP_ADD),
			    .location = (uint8_t)below(state, program->n_locations),
			    .when = -1 };
}

/* Mutexes in nested sections of one or two operations, waits inside of them. */
static void library_section(struct program *program, uint32_t t, uint64_t *state)
{
	uint8_t mutex = (uint8_t)(below(state, 4) == 0), inner = (uint8_t)(1 - mutex);

	if (program->n[t] + 3 > PROGRAM_OPS)
		return;
	if (below(state, 5) == 0) {
		add_op(program, t, (struct op){ .kind = OP_TRYLOCK, .location = mutex, .when = -1 });
		add_op(program, t, (struct op){ .kind = OP_STORE, .when = 0 });
		add_op(program, t, (struct op){ .kind = OP_UNLOCK, .location = mutex, .when = 0 });
		return;
	}
	add_op(program, t, (struct op){ .kind = OP_LOCK, .location = mutex, .when = -1 });
	if (below(state, 4) == 0 && program->n[t] + 4 <= PROGRAM_OPS) {
		add_op(program, t, (struct op){ .kind = OP_LOCK, .location = inner, .when = -1 });
		add_op(program, t, data_op(program, state));
		add_op(program, t, (struct op){ .kind = OP_UNLOCK, .location = inner, .when = -1 });
	} else {
		/* Those who wait for one condition at a time do so with one mutex: POSIX. */
		uint8_t kind = mutex == 0 ? PICK(state, OP_WAIT, OP_WAIT, OP_SIGNAL, OP_BROADCAST) : OP_SIGNAL;
		add_op(program, t,
		       below(state, 2) == 0 ? data_op(program, state) : (struct op){ .kind = kind, .when = -1 });
	}
	add_op(program, t, (struct op){ .kind = OP_UNLOCK, .location = mutex, .when = -1 });
}

void program_generate_library(struct program *program, uint64_t seed)
{
	uint64_t state = ~seed;

	*program = (struct program){ .n_threads = 2 + below(&state, 2), .n_locations = 1 + below(&state, 2) };
	for (uint32_t t = 0; t < program->n_threads; t++) {
		for (uint32_t n = 1 + below(&state, 3); n > 0; n--) {
			switch (below(&state, 6)) {
			case 0:
				add_op(program, t, data_op(program, &state));
				break;
			case 1:
				add_op(program, t,
				       (struct op){ .kind = PICK(&state, OP_SEMAPHORE_WAIT, OP_SEMAPHORE_TRY,
								 OP_SEMAPHORE_POST, OP_SEMAPHORE_POST),
						    .when = -1 });
				break;
			case 2:
				add_op(program, t,
				       (struct op){ .kind = PICK(&state, OP_SIGNAL, OP_BROADCAST), .when = -1 });
				break;
			default:
				library_section(program, t, &state);
			}
		}
	}
}

void program_print(const struct program *program)
{
	static const char *const kinds[] = { "load",          "store",         "add",    "swap",      "compare",
					     "fence",         "await",         "look",   "lock",      "trylock",
					     "unlock",        "wait",          "signal", "broadcast", "semaphore wait",
					     "semaphore try", "semaphore post" };
	static const char *const orders[] = { "rlx", "con", "acq", "rel", "ar", "sc" };

	for (uint32_t t = 0; t < program->n_threads; t++) {
		printf("  thread %u:\n", t);
		for (uint32_t i = 0; i < program->n[t]; i++) {
			const struct op *op = &program->op[t][i];
			printf("    ");
			if (op->when >= 0)
				printf("if (%d) ", op->when);
			if (op->kind == OP_FENCE)
				printf("fence %s\n", orders[op->order]);
			else if (op->kind >= OP_LOCK)
				printf("%s %u\n", kinds[op->kind], op->location);
			else if (op->kind == OP_COMPARE)
				printf("compare %c %u -> %u %s %s\n", 'x' + op->location, op->expected, op->value,
				       orders[op->order], orders[op->failure]);
			else
				printf("%s %c %u %s\n", kinds[op->kind], 'x' + op->location, op->value,
				       orders[op->order]);
		}
	}
}
