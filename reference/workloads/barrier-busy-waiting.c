/* Does a thread that waits for the others to arrive sleep, or burn the processor? Nothing is counted, so that the
 * explorer can recognize a cycle. What lies between two barriers counts as a section that all may be in together; a
 * step in it, for which nobody waits, lets the explorer leave a thread there while others wait. */
#include <syncgrade/barrier.h>
#include <syncgrade/workload.h>

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void setup(struct trial *t)
{
	trial_barrier_init(t, 0, t->threads);
}

static void thread(struct trial *t, unsigned self)
{
	for (;;) {
		trial_request(t, self, 0);
		trial_barrier_wait(t, self, 0);
		trial_enter_shared(t, self, 0);
		trial_await(t, self, 0, 0, PROPERTY_PROGRESS, "");
		trial_leave(t, self, 0);
	}
}

static void finish(struct trial *t)
{
	trial_barrier_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_ENDLESS,
	.name = "busy-waiting",
	.plugin = "barrier",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
