/* independence: three barriers, two for all threads and one for all but the last. While the last waits at the first,
 * the others meet at the second, and only then come to the first; then, in every other round, all meet at the third. So
 * the threads have been through them differently often. A barrier for one thread lets it through; a barrier that was
 * destroyed can be made again. */
#include <stdatomic.h>
#include <syncgrade/barrier.h>
#include <syncgrade/workload.h>

#include "harness/again.h"

enum { ALL, OTHERS, AGAIN, BARRIERS };
enum { GATE_ARRIVING, GATE_MET }; /* opened in each round: by the last thread, by each of the others */

struct independence {
	/* How often the thread has arrived there. Relaxed: it orders nothing, and the barrier has to. */
	_Atomic uint64_t arrived[BARRIERS][BARRIER_THREADS_MAX];
	uint64_t made[BARRIER_THREADS_MAX]; /* rounds; written by its thread alone */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct independence);
}

static unsigned callers(const struct trial *t, unsigned barrier)
{
	return barrier == OTHERS ? t->threads - 1 : t->threads;
}

/* Making ALL again while the others exist: a plugin that keeps its state in a static variable forgets one of them. */
static void setup(struct trial *t)
{
	for (unsigned barrier = 0; barrier < BARRIERS; barrier++)
		trial_barrier_init(t, barrier, callers(t, barrier));
	for (struct again again = { 0 }; make_again(t, &again);) {
		trial_barrier_destroy(t, ALL);
		trial_barrier_init(t, ALL, callers(t, ALL));
	}
}

/* Meets the others at the barrier, for the `n`th time, from 1. */
static void meet(struct trial *t, unsigned self, unsigned barrier, uint64_t n)
{
	struct independence *d = t->data;
	atomic_store_explicit(&d->arrived[barrier][self], n, memory_order_relaxed);
	trial_barrier_wait(t, self, barrier);
	for (unsigned i = 0; i < callers(t, barrier); i++)
		trial_expect(t, self, atomic_load_explicit(&d->arrived[barrier][i], memory_order_relaxed) >= n,
			     PROPERTY_INDEPENDENCE,
			     "with several barriers, one let a thread through although not all had arrived there");
}

static void meet_others(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_ARRIVING, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread waits at a barrier that all have passed");
	meet(t, self, OTHERS, round + 1);
	trial_open(t, self, GATE_MET);
	trial_await(
	    t, self, GATE_MET, (round + 1) * (t->threads - 1), PROPERTY_INDEPENDENCE,
	    "all threads of one barrier have arrived, but not all came through, while another thread waits at a "
	    "different barrier");
}

static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		if (self == t->threads - 1)
			trial_open(t, self, GATE_ARRIVING);
		else
			meet_others(t, self, round);
		meet(t, self, ALL, round + 1);
		if (round % 2 == 0)
			meet(t, self, AGAIN, round / 2 + 1);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_barrier_destroy(t, ALL);
	trial_barrier_init(t, ALL, t->threads);
	for (unsigned barrier = BARRIERS; barrier-- > 0;)
		trial_barrier_destroy(t, barrier);
}

static void verify(struct trial *t)
{
	const struct independence *d = t->data;
	for (unsigned i = 0; i < t->threads && i < BARRIER_THREADS_MAX; i++)
		trial_expect(t, i, d->made[i] > 0 && d->made[i] == d->made[0], PROPERTY_INDEPENDENCE,
			     "the threads of several barriers did not all come through");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
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
