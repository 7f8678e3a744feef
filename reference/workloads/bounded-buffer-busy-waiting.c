/* busy-waiting: thread 0 puts items in and the others take them out, for ever. Does whoever has to wait sleep, or burn
 * the processor? Nothing is counted, and all items are the same, so that the explorer can recognize a cycle. */
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void setup(struct trial *t)
{
	trial_bounded_buffer_init(t, 0, 1);
}

static void thread(struct trial *t, unsigned self)
{
	for (;;) {
		/* Each may take its time before it comes back, so that the other is seen waiting alone. */
		trial_await(t, self, 0, 0, PROPERTY_PROGRESS, "");
		trial_request(t, self, 0);
		if (self == 0)
			trial_bounded_buffer_put(t, self, 0, 0);
		else
			(void)trial_bounded_buffer_get(t, self, 0);
	}
}

static void finish(struct trial *t)
{
	trial_bounded_buffer_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_ENDLESS,
	.name = "busy-waiting",
	.plugin = "bounded_buffer",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
