/* phases: a computation in phases. In each, every thread writes its cell, arrives, and then reads the cells of all.
 * There are two rows of cells, used in turn: whoever writes a cell again has come through the barrier of the phase
 * between, at which all who read it have arrived. With CHALLENGE defined it is wrong, as in harness/counter.h: 1: the
 * threads expect all to have arrived before they arrive; 2: they read the others' cells before.
 *
 * With real threads, before that: a barrier for one thread, which lets it through however often it comes. */
#include <stdatomic.h>
#include <syncgrade/barrier.h>
#include <syncgrade/workload.h>

#include "harness/wear.h"

enum { FOR_ALL, FOR_ONE, BARRIERS };

struct phases {
	/* In which phase the thread is. Relaxed: it orders nothing, but lets every order of arrivals be seen, where
	 * cells of which the plugin takes no care only race. */
	_Atomic uint64_t phase[2][BARRIER_THREADS_MAX];
	uint64_t cell[2][BARRIER_THREADS_MAX];
	struct {
		uint64_t made;     /* phases */
		uint64_t digest;   /* sum of all that it read */
	} of[BARRIER_THREADS_MAX]; /* written by its thread alone */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct phases);
}

static void setup(struct trial *t)
{
	trial_barrier_init(t, FOR_ALL, t->threads);
	if (t->rounds >= WEAR_ROUNDS_MIN)
		trial_barrier_init(t, FOR_ONE, 1);
}

static void expect_all_arrived(struct trial *t, unsigned self, uint64_t phase)
{
	struct phases *d = t->data;
	for (unsigned i = 0; i < t->threads; i++)
		trial_expect(t, self, atomic_load_explicit(&d->phase[phase % 2][i], memory_order_relaxed) == phase + 1,
			     PROPERTY_ORDERING,
			     "a thread got past the barrier without seeing that all had arrived in that round");
}

/* What it reads is looked at in the end: where it races, what a thread does next must not depend on it. */
static void read_all(struct trial *t, unsigned self, uint64_t phase)
{
	struct phases *d = t->data;
	for (unsigned i = 0; i < t->threads; i++)
		d->of[self].digest += d->cell[phase % 2][i];
}

/* All threads have to make the same number of phases (WORKLOAD_TOGETHER). */
static void thread(struct trial *t, unsigned self)
{
	struct phases *d = t->data;
	WEAR_AS(t, self, trial_barrier_wait(t, self, FOR_ONE), PROPERTY_PROGRESS,
		"a barrier for one thread does not let it through any more, after many times");
	for (uint64_t phase = 0; trial_more(t, self, phase); phase++) {
		atomic_store_explicit(&d->phase[phase % 2][self], phase + 1, memory_order_relaxed);
		d->cell[phase % 2][self] = trial_random(t, self, phase);
		trial_pause(t, self);
#if CHALLENGE == 1
		expect_all_arrived(t, self, phase);
#elif CHALLENGE == 2
		read_all(t, self, phase);
#endif
		trial_barrier_wait(t, self, FOR_ALL);
		read_all(t, self, phase);
		expect_all_arrived(t, self, phase);
		d->of[self].made = phase + 1;
	}
}

static void finish(struct trial *t)
{
	trial_barrier_destroy(t, FOR_ALL);
	if (t->rounds >= WEAR_ROUNDS_MIN)
		trial_barrier_destroy(t, FOR_ONE);
}

static void verify(struct trial *t)
{
	const struct phases *d = t->data;
	uint64_t expected = 0, made = d->of[0].made;
	for (uint64_t phase = 0; phase < made && phase < t->rounds; phase++) {
		for (unsigned i = 0; i < t->threads && i < BARRIER_THREADS_MAX; i++)
			expected += trial_random(t, i, phase);
	}
	for (unsigned i = 0; i < t->threads && i < BARRIER_THREADS_MAX; i++)
		trial_expect(t, i, made > 0 && d->of[i].made == made && d->of[i].digest == expected, PROPERTY_ORDERING,
			     "in the end, a thread has not seen what the others wrote before they arrived");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "phases",
	.plugin = "barrier",
	.flags = WORKLOAD_TOGETHER,
	.objects = BARRIERS,
	.threads_min = 2,
	.threads_max = BARRIER_THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
