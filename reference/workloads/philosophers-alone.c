/* alone: each philosopher eats a few times while all others think. Who needs somebody else to come by hangs. */
#include "harness/table.h"

enum { GATE_DONE }; /* opened by each philosopher who has eaten as often as he shall, in each round */

#define MEALS 2u /* in two, also a table that lets each philosopher eat once is found out */

struct alone {
	uint64_t eaten[PHILOSOPHERS_MAX]; /* meals */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct alone);
}

static void setup(struct trial *t)
{
	trial_philosophers_init(t, 0);
}

/* A fixed number of rounds: each philosopher waits for those before him. */
static void thread(struct trial *t, unsigned self)
{
	struct alone *a = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		trial_await(t, self, GATE_DONE, round * t->threads + self, PROPERTY_PROGRESS,
			    "a philosopher who was alone in wanting to eat did not get his forks");
		for (unsigned meal = 0; meal < MEALS; meal++) {
			trial_philosophers_pick_up(t, self, 0);
			a->eaten[self]++;
			trial_philosophers_put_down(t, self, 0);
		}
		trial_open(t, self, GATE_DONE);
	}
}

static void finish(struct trial *t)
{
	trial_philosophers_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct alone *a = t->data;
	for (unsigned i = 0; i < t->threads && i < PHILOSOPHERS_MAX; i++)
		trial_expect(t, i, a->eaten[i] == MEALS * t->rounds, PROPERTY_PROGRESS,
			     "a philosopher who was alone in wanting to eat did not get his forks");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "alone",
	.plugin = "philosophers",
	.objects = 1,
	.threads_min = 2,
	.threads_max = PHILOSOPHERS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
