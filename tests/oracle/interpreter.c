/* The workload that executes a random program: each operation is the entry of ThreadSanitizer's runtime that a compiler
 * would call for it. Compiled without -fsanitize=thread: the interpreter's own accesses are no concern of the explorer.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <string.h>
#include <syncgrade/lock.h>
#include <syncgrade/workload.h>

#include "program.h"

int __tsan_atomic32_load(const volatile int *address, int order);
void __tsan_atomic32_store(volatile int *address, int value, int order);
int __tsan_atomic32_fetch_add(volatile int *address, int value, int order);
int __tsan_atomic32_exchange(volatile int *address, int value, int order);
int __tsan_atomic32_compare_exchange_strong(volatile int *address, int *expected, int value, int order, int failure);
void __tsan_atomic_thread_fence(int order);
void __tsan_write1(void *address);

__attribute__((visibility("default"))) struct program program;

static int variable[PROGRAM_LOCATIONS];
static pthread_mutex_t mutex[PROGRAM_MUTEXES];
static pthread_cond_t condition;
static sem_t semaphore;

struct lock {
	int unused;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)lock;
	(void)threads;
	return 0;
}

static void nothing(struct lock *lock, unsigned self)
{
	(void)lock;
	(void)self;
}

__attribute__((visibility("default"))) const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = nothing, .release = nothing
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct outcome);
}

static void setup(struct trial *t)
{
	struct outcome *outcome = t->data;

	memset(variable, 0, sizeof variable);
	for (unsigned i = 0; i < PROGRAM_MUTEXES; i++)
		pthread_mutex_init(&mutex[i], NULL);
	pthread_cond_init(&condition, NULL);
	sem_init(&semaphore, 0, 0);
	memset(outcome, NOT_READ, sizeof *outcome);
}

/* A function of its own: nothing that was left over from before distinguishes its first round from the next. */
static __attribute__((noinline)) void await(int *x, int value, int order)
{
	while (__tsan_atomic32_load(x, order) != value)
		;
}

/* Which of the two has seen what it looks for. Nothing is kept of a round. */
static __attribute__((noinline)) unsigned await_either(const struct op *first, const struct op *second)
{
	for (;;) {
		if (__tsan_atomic32_load(&variable[first->location], first->order) == first->value)
			return 0;
		if (__tsan_atomic32_load(&variable[second->location], second->order) == second->value)
			return 1;
	}
}

/* Adds as programs do that have no fetch_add. */
static __attribute__((noinline)) int add_by_compare(int *x, int value, int order)
{
	bool acquires = order != __ATOMIC_RELAXED && order != __ATOMIC_RELEASE;
	int load = program.retries == 3 && acquires ? __ATOMIC_ACQUIRE : __ATOMIC_RELAXED;
	int seen = __tsan_atomic32_load(x, load);

	while (!__tsan_atomic32_compare_exchange_strong(x, &seen, seen + value, order, load)) {
		if (program.retries == 1)
			seen = __tsan_atomic32_load(x, load);
	}
	return seen;
}

/* Returns what the operation has read, -1: nothing. */
static int execute(const struct op *op)
{
	int *x = &variable[op->location], value = op->expected;

	switch ((enum op_kind)op->kind) {
	case OP_LOAD:
		return __tsan_atomic32_load(x, op->order);
	case OP_STORE:
		__tsan_atomic32_store(x, op->value, op->order);
		return -1;
	case OP_ADD:
		return program.retries != 0 ? add_by_compare(x, op->value, op->order)
					    : __tsan_atomic32_fetch_add(x, op->value, op->order);
	case OP_SWAP:
		return __tsan_atomic32_exchange(x, op->value, op->order);
	case OP_COMPARE:
		__tsan_atomic32_compare_exchange_strong(x, &value, op->value, op->order, op->failure);
		return value;
	case OP_FENCE:
		__tsan_atomic_thread_fence(op->order);
		return -1;
	case OP_LOOK: /* with what is after it: thread() */
	case OP_AWAIT:
		await(x, op->value, op->order);
		return op->value;
	case OP_LOCK:
		pthread_mutex_lock(&mutex[op->location]);
		return -1;
	case OP_TRYLOCK:
		return pthread_mutex_trylock(&mutex[op->location]) != 0;
	case OP_UNLOCK:
		pthread_mutex_unlock(&mutex[op->location]);
		return -1;
	case OP_WAIT:
		pthread_cond_wait(&condition, &mutex[op->location]);
		return -1;
	case OP_SIGNAL:
		pthread_cond_signal(&condition);
		return -1;
	case OP_BROADCAST:
		pthread_cond_broadcast(&condition);
		return -1;
	case OP_SEMAPHORE_WAIT:
		sem_wait(&semaphore);
		return -1;
	case OP_SEMAPHORE_TRY:
		return sem_trywait(&semaphore) != 0;
	case OP_SEMAPHORE_POST:
		sem_post(&semaphore);
		return -1;
	}
	return -1;
}

static void thread(struct trial *t, unsigned self)
{
	struct outcome *outcome = t->data;
	int last = -1;

	for (uint32_t i = 0; i < program.n[self]; i++) {
		const struct op *op = &program.op[self][i];
		if (op->when >= 0 && op->when != last)
			continue;
		if (op->kind == OP_LOOK) {
			unsigned seen = await_either(op, op + 1);
			last = op[seen].value;
			__tsan_write1(&outcome->byte[REGISTER_OF(self, i + seen)]);
			outcome->byte[REGISTER_OF(self, i + seen)] = op[seen].value;
			i++;
			continue;
		}
		int value = execute(op);
		if (value < 0)
			continue;
		last = value;
		__tsan_write1(&outcome->byte[REGISTER_OF(self, i)]);
		outcome->byte[REGISTER_OF(self, i)] = (uint8_t)value;
	}
}

static void finish(struct trial *t)
{
	struct outcome *outcome = t->data;

	for (uint32_t l = 0; l < program.n_locations; l++)
		outcome->byte[FINAL_OF(l)] = (uint8_t)__tsan_atomic32_load(&variable[l], __ATOMIC_RELAXED);
}

__attribute__((visibility("default"))) const struct workload workload = { .abi = WORKLOAD_ABI,
									  .name = "oracle",
									  .plugin = "lock",
									  .objects = 1,
									  .threads_min = 1,
									  .data_size = data_size,
									  .setup = setup,
									  .thread = thread,
									  .finish = finish };
