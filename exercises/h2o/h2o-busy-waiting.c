/* Do atoms that wait sleep, or burn the processor? Thread 0 never comes, and threads 1 and 2, an oxygen and a hydrogen,
 * are no molecule. */
#include "calls.h"

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void setup(struct trial *t)
{
	h2o_make(t, 0);
}

static void thread(struct trial *t, unsigned self)
{
	for (;;) {
		if (self == 1)
			h2o_oxygen(t, self, 0);
		else if (self == 2)
			h2o_hydrogen(t, self, 0);
		trial_await(t, self, 0, 0, PROPERTY_PROGRESS, "");
	}
}

static void finish(struct trial *t)
{
	h2o_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_ENDLESS,
	.name = "busy-waiting",
	.plugin = "h2o",
	.objects = 1,
	.threads_min = 3,
	.threads_max = 3,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
