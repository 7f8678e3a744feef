/* stays-open: a latch of count 1 that every thread counts down and awaits, twice each, and one of count 0 that nobody
 * has to count down: once open, a latch stays open, however often it is awaited. */
#include "calls.h"

enum { ONE, ZERO, LATCHES };

#define STUCK "a latch that was open did not let a thread through"

struct stays_open {
	uint64_t through[32]; /* each written by its own thread */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct stays_open);
}

static void setup(struct trial *t)
{
	latch_make(t, ONE, 1);
	latch_make(t, ZERO, 0);
}

static void thread(struct trial *t, unsigned self)
{
	struct stays_open *d = t->data;
	for (uint64_t i = 0; i < t->rounds; i++)
		latch_await(t, self, ZERO);
	for (unsigned i = 0; i < 2; i++) {
		latch_count_down(t, self, ONE);
		latch_await(t, self, ONE);
		d->through[self]++;
	}
}

static void finish(struct trial *t)
{
	latch_destroy(t, ZERO);
	latch_destroy(t, ONE);
}

static void verify(struct trial *t)
{
	const struct stays_open *d = t->data;
	for (unsigned i = 0; i < t->threads && i < 32; i++)
		trial_expect(t, i, d->through[i] == 2, PROPERTY_PROGRESS, STUCK);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "stays-open",
	.plugin = "latch",
	.objects = LATCHES,
	.threads_min = 1,
	.threads_max = 32,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
