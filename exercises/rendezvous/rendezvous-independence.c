/* independence: thread 0 waits at one rendezvous while threads 1 and 2 meet at another; then thread 1 comes to the
 * first. That one was made, destroyed and made again while the other existed. */
#include "calls.h"

enum { FIRST, SECOND, PLACES };
enum { GATE_MET }; /* opened by threads 1 and 2 when they have met */

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void setup(struct trial *t)
{
	rendezvous_make(t, FIRST);
	rendezvous_make(t, SECOND);
	rendezvous_destroy(t, FIRST);
	rendezvous_make(t, FIRST);
}

static void meet(struct trial *t, unsigned self, unsigned place, unsigned partner, uint64_t round)
{
	uint64_t got = rendezvous_exchange(t, self, place, trial_random(t, self, round));
	trial_expect(t, self, got == trial_random(t, partner, round), PROPERTY_INDEPENDENCE,
		     "with two places to meet, a thread got what was brought to the other one");
}

static void thread(struct trial *t, unsigned self)
{
	if (self == 0) {
		meet(t, self, FIRST, 1, 0);
		return;
	}
	meet(t, self, SECOND, 3 - self, 1);
	trial_open(t, self, GATE_MET);
	trial_await(t, self, GATE_MET, 2, PROPERTY_INDEPENDENCE,
		    "two threads have come to one place to meet, and do not come back, while another waits elsewhere");
	if (self == 1)
		meet(t, self, FIRST, 0, 0);
}

static void finish(struct trial *t)
{
	rendezvous_destroy(t, SECOND);
	rendezvous_destroy(t, FIRST);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "rendezvous",
	.objects = PLACES,
	.threads_min = 3,
	.threads_max = 3,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
