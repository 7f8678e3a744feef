/* independence: two latches. Thread 0 opens the first, waits until all have come through that, and opens the second.
 * The first was made, destroyed and made again while the second existed. */
#include <stdatomic.h>

#include "calls.h"

enum { FIRST, SECOND, LATCHES };
enum { GATE_THROUGH }; /* opened by each of the others when it has come through the first */

struct independence {
	_Atomic uint64_t second; /* relaxed: whether thread 0 is about to open it */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct independence);
}

static void setup(struct trial *t)
{
	latch_make(t, FIRST, 3);
	latch_make(t, SECOND, 1);
	latch_destroy(t, FIRST);
	latch_make(t, FIRST, 1);
}

static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	if (self == 0) {
		latch_count_down(t, self, FIRST);
		trial_await(t, self, GATE_THROUGH, t->threads - 1, PROPERTY_INDEPENDENCE,
			    "of two latches, one was opened, and yet a thread still waits for it");
		atomic_store_explicit(&d->second, 1, memory_order_relaxed);
		latch_count_down(t, self, SECOND);
		return;
	}
	latch_await(t, self, FIRST);
	trial_open(t, self, GATE_THROUGH);
	latch_await(t, self, SECOND);
	trial_expect(t, self, atomic_load_explicit(&d->second, memory_order_relaxed) != 0, PROPERTY_INDEPENDENCE,
		     "of two latches, one let a thread through although only the other had been counted down");
}

static void finish(struct trial *t)
{
	latch_destroy(t, SECOND);
	latch_destroy(t, FIRST);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "latch",
	.objects = LATCHES,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
