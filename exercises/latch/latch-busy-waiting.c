/* Does a thread that waits for a latch sleep, or burn the processor? Thread 0 never counts it down. */
#include "calls.h"

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void setup(struct trial *t)
{
	latch_make(t, 0, 1);
}

static void thread(struct trial *t, unsigned self)
{
	for (;;) {
		if (self != 0)
			latch_await(t, self, 0);
		trial_await(t, self, 0, 0, PROPERTY_PROGRESS, "");
	}
}

static void finish(struct trial *t)
{
	latch_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_ENDLESS,
	.name = "busy-waiting",
	.plugin = "latch",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
