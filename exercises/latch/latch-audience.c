/* audience: all but thread 0 wait for one latch, which thread 0 counts down twice: all of them must come back. Its
 * count has more than sixteen bits, and was counted down to 2 before the threads begin. */
#include <stdatomic.h>

#include "calls.h"

#define THREADS_MAX 32u

enum { COUNT = 2, COUNT_BEFORE = 1 << 16 };

struct audience {
	_Atomic uint64_t counted;   /* relaxed: how often thread 0 is about to have counted down */
	uint64_t back[THREADS_MAX]; /* each written by its own thread */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct audience);
}

static void setup(struct trial *t)
{
	latch_make(t, 0, COUNT_BEFORE + COUNT);
	for (unsigned i = 0; i < COUNT_BEFORE; i++)
		latch_count_down(t, t->threads, 0);
}

static void thread(struct trial *t, unsigned self)
{
	struct audience *d = t->data;
	for (uint64_t i = 0; self == 0 && i < COUNT; i++) {
		atomic_store_explicit(&d->counted, i + 1, memory_order_relaxed);
		trial_pause(t, self);
		latch_count_down(t, self, 0);
	}
	if (self != 0) {
		latch_await(t, self, 0);
		trial_expect(t, self, atomic_load_explicit(&d->counted, memory_order_relaxed) == COUNT,
			     PROPERTY_ORDERING, "await() returned although the count was not yet 0");
	}
	d->back[self] = 1;
}

static void finish(struct trial *t)
{
	latch_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct audience *d = t->data;
	for (unsigned i = 0; i < t->threads && i < THREADS_MAX; i++)
		trial_expect(t, i, d->back[i] == 1, PROPERTY_LOST_WAKEUP, "not every thread came back from await");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "audience",
	.plugin = "latch",
	.objects = 1,
	.threads_min = 2,
	.threads_max = THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
