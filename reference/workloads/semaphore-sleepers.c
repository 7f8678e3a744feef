/* sleepers: in each round all other threads wait for one permit each, and thread 0 signals once for each of them, in
 * one go: every signal must let one more of them through, whatever has come of the earlier ones. */
#include <syncgrade/semaphore.h>
#include <syncgrade/workload.h>

#include "harness/nap.h"

#define THREADS_MAX 32u
#define STUCK "there were as many signals as waiting threads, and yet one still waits"

/* Gate i: opened by thread i in each round, when it has come through. One for each, so that the explorer need not care
 * about the order in which they are opened. Of more threads than there are gates some share one. */
static unsigned gate_of(unsigned thread)
{
	return thread % TRIAL_GATES_MAX;
}

static uint64_t sharing(const struct trial *t, unsigned gate)
{
	uint64_t n = 0;
	for (unsigned i = 1; i < t->threads; i++)
		n += gate_of(i) == gate;
	return n;
}

struct sleepers {
	uint64_t made[THREADS_MAX]; /* per thread: rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct sleepers);
}

static void setup(struct trial *t)
{
	trial_semaphore_init(t, 0, 0);
}

/* A fixed number of rounds: all threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct sleepers *d = t->data;
	uint64_t others = t->threads - 1;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (self == 0)
			nap(t);
		for (uint64_t i = 0; self == 0 && i < others; i++) {
			trial_pause(t, self);
			trial_semaphore_signal(t, self, 0);
		}
		if (self != 0) {
			trial_semaphore_wait(t, self, 0);
			trial_open(t, self, gate_of(self));
		}
		/* Whoever is quick must not take a permit of this round in the next. */
		for (unsigned i = 0; (self == 0 || round + 1 < t->rounds) && i < TRIAL_GATES_MAX; i++) {
			if (sharing(t, i) > 0)
				trial_await(t, self, i, (round + 1) * sharing(t, i), PROPERTY_LOST_WAKEUP, STUCK);
		}
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_semaphore_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct sleepers *d = t->data;
	for (unsigned i = 0; i < t->threads && i < THREADS_MAX; i++)
		trial_expect(t, i, d->made[i] == t->rounds, PROPERTY_LOST_WAKEUP, STUCK);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "sleepers",
	.plugin = "semaphore",
	.objects = 1,
	.threads_min = 2,
	.threads_max = THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
