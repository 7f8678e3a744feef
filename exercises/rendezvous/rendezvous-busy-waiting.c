/* Does a thread that waits for a partner sleep, or burn the processor? Thread 0 never comes. */
#include "calls.h"

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void setup(struct trial *t)
{
	rendezvous_make(t, 0);
}

static void thread(struct trial *t, unsigned self)
{
	for (;;) {
		if (self != 0)
			rendezvous_exchange(t, self, 0, self);
		trial_await(t, self, 0, 0, PROPERTY_PROGRESS, "");
	}
}

static void finish(struct trial *t)
{
	rendezvous_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_ENDLESS,
	.name = "busy-waiting",
	.plugin = "rendezvous",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
