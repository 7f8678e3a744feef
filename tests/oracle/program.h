/* A random program: what the explorer executes (interpreter.c) and what the enumerator of graphs, which knows nothing
 * of the explorer, works out by the definitions (graphs.c). */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#define PROGRAM_THREADS 3u
#define PROGRAM_OPS 6u /* of a thread */
#define PROGRAM_MUTEXES 2u
#define PROGRAM_LOCATIONS 3u
#define OUTCOME_SIZE (PROGRAM_THREADS * PROGRAM_OPS + PROGRAM_LOCATIONS)
#define NOT_READ 0xff /* a register of an operation that reads nothing, or was not executed */

enum op_kind {
	OP_LOAD,
	OP_STORE,
	OP_ADD,
	OP_SWAP,
	OP_COMPARE,
	OP_FENCE,
	OP_AWAIT,
	OP_LOOK, /* with the OP_AWAIT after it a loop of two loads: until this one sees its value, or else that one */
	/* of the library; `location` is the object's number */
	OP_LOCK,
	OP_TRYLOCK, /* reads 0: it has the lock; 1: it does not */
	OP_UNLOCK,
	OP_WAIT, /* on the one condition, with mutex `location` */
	OP_SIGNAL,
	OP_BROADCAST,
	OP_SEMAPHORE_WAIT,
	OP_SEMAPHORE_TRY, /* reads 0: a unit was taken; 1: there was none */
	OP_SEMAPHORE_POST
};

struct op {
	uint8_t kind, location;
	uint8_t order, failure; /* __ATOMIC_… */
	uint8_t value;          /* written; added; of OP_AWAIT: waited for */
	uint8_t expected;       /* OP_COMPARE */
	int8_t when;            /* executed only if the thread's last read saw this; -1: always */
};

struct program {
	uint32_t n_threads, n_locations;
	/* How OP_ADD is executed: 0, as such; 1: by compare-exchanges in a loop that loads anew in each round; 2, 3:
	 * that goes on with what it has found; 3: and whose other reads acquire if the
	 * last does. (All of these have the outcomes of OP_ADD.) */
	uint32_t retries;
	uint32_t n[PROGRAM_THREADS];
	struct op op[PROGRAM_THREADS][PROGRAM_OPS];
};

/* What an execution comes to: what each operation read, and the last value of each location. */
struct outcome {
	uint8_t byte[OUTCOME_SIZE];
};

#define REGISTER_OF(thread, op) ((thread)*PROGRAM_OPS + (op))
#define FINAL_OF(location) (PROGRAM_THREADS * PROGRAM_OPS + (location))

/* The outcomes of complete executions, with how many there are of each. */
struct outcomes {
	uint32_t n, capacity;
	struct {
		struct outcome outcome;
		uint32_t count;
	} * entry;
};

void outcomes_add(struct outcomes *outcomes, const struct outcome *outcome);
void outcomes_free(struct outcomes *outcomes);

/* The same seed gives the same program. */
void program_generate(struct program *program, uint64_t seed);
void program_print(const struct program *program);

/* Makes waits of it that look at two places, one after the other, in each round. */
void program_look_twice(struct program *program, uint64_t seed);

/* The same of a program that uses the library: atomics are seq_cst. */
void program_generate_library(struct program *program, uint64_t seed);

/* All outcomes by interleaving, where each thread may wake up once without a reason; *stuck: some state is left by
 * nobody, or only so. Returns 0, or -1: there are more states than `most`. */
int interleavings_enumerate(const struct program *program, uint32_t most, uint32_t surprises, struct outcomes *outcomes,
			    bool *stuck);

/* All complete executions, by brute force. Returns 0, or -1: there are more graphs than `most`. */
int graphs_enumerate(const struct program *program, bool sequential, uint32_t most, struct outcomes *outcomes);

#endif
