/* values: large numbers of permits, and many signals, are counted as exactly as small ones. Thread 0 takes what must be
 * there; thread 1 then waits where nothing is left, and must not come through before the signal. All others look on. */
#include <stdatomic.h>
#include <syncgrade/semaphore.h>
#include <syncgrade/workload.h>

#include "harness/wear.h"

#define FEW 5u                 /* needs three bits */
#define MANY (17u << 16)       /* its low sixteen bits are 0; more than a million */
#define MOST (UINT32_MAX >> 1) /* 2^31 - 1, the largest */
#define GIVEN 9u               /* signals with nobody waiting */
#define STRESS_ROUNDS 100u     /* from so many rounds on WORN more of them are given and taken, and MANY taken, once */

enum { A_FEW, A_MANY, A_MOST, A_GIVEN, KINDS };
enum { GATE_TAKEN, GATE_WAITED }; /* each opened once in each round */

static const unsigned value_of[KINDS] = { FEW, MANY, MOST, 0 };

struct values {
	/* Relaxed: it orders nothing, and the semaphore has to. */
	_Atomic uint64_t signalled; /* the round in which thread 0 has signalled, from 1 */
	uint64_t made[2];           /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct values);
}

static void setup(struct trial *t)
{
	for (unsigned i = 0; i < KINDS; i++)
		trial_semaphore_init(t, i, value_of[i]);
}

static void take(struct trial *t, unsigned self, unsigned semaphore, unsigned times)
{
	for (unsigned i = 0; i < times; i++)
		trial_semaphore_wait(t, self, semaphore);
}

static void give(struct trial *t, unsigned self, unsigned semaphore, unsigned times)
{
	for (unsigned i = 0; i < times; i++)
		trial_semaphore_signal(t, self, semaphore);
}

/* Leaves FEW and GIVEN without a permit. */
static void take_all(struct trial *t, unsigned self)
{
	take(t, self, A_MOST, 2);
	give(t, self, A_MOST, 2);
	take(t, self, A_MANY, 2);
	give(t, self, A_MANY, 2);
	give(t, self, A_GIVEN, GIVEN);
	take(t, self, A_GIVEN, GIVEN);
	take(t, self, A_FEW, FEW);
}

/* The semaphore that has nothing left in this round. */
static unsigned empty(uint64_t round)
{
	return round % 2 == 0 ? A_FEW : A_GIVEN;
}

static void count(struct trial *t, unsigned self, uint64_t round)
{
	struct values *d = t->data;
	take_all(t, self);
	if (round == 0 && t->rounds >= STRESS_ROUNDS) {
		give(t, self, A_GIVEN, WORN);
		take(t, self, A_GIVEN, WORN);
		take(t, self, A_MANY, MANY);
		give(t, self, A_MANY, 2);
	}
	trial_open(t, self, GATE_TAKEN);
	atomic_store_explicit(&d->signalled, round + 1, memory_order_relaxed);
	trial_semaphore_signal(t, self, empty(round));
	trial_await(t, self, GATE_WAITED, round + 1, PROPERTY_CAPACITY,
		    "a thread that waited for a permit still waits, although one was given");
	give(t, self, A_FEW, FEW);
}

static void wait_once(struct trial *t, unsigned self, uint64_t round)
{
	struct values *d = t->data;
	trial_await(t, self, GATE_TAKEN, round + 1, PROPERTY_CAPACITY,
		    "a thread does not come through wait, or out of signal, although the semaphore has permits enough");
	trial_semaphore_wait(t, self, empty(round));
	trial_expect(t, self, atomic_load_explicit(&d->signalled, memory_order_relaxed) == round + 1, PROPERTY_CAPACITY,
		     "a thread came through wait although all permits were taken");
	trial_open(t, self, GATE_WAITED);
}

/* A fixed number of rounds: both threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct values *d = t->data;
	for (uint64_t round = 0; self < 2 && round < t->rounds; round++) {
		if (self == 0)
			count(t, self, round);
		else
			wait_once(t, self, round);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	for (unsigned i = 0; i < KINDS; i++)
		trial_semaphore_destroy(t, i);
}

static void verify(struct trial *t)
{
	const struct values *d = t->data;
	trial_expect(t, t->threads, d->made[0] == t->rounds && d->made[1] == t->rounds, PROPERTY_CAPACITY,
		     "not all permits could be taken and given back");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "values",
	.plugin = "semaphore",
	.objects = KINDS,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
