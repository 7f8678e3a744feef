/* together: in each round every other philosopher wants to eat, and all of these must be eating at the same time. Their
 * neighbours only think meanwhile: a solution with a mutex for each fork may make a philosopher wait for one who waits.
 */
#include "harness/table.h"

enum {
	GATE_EATING, /* opened by each of those who eat in a round, once he does */
	GATE_OVER    /* opened by each of them when he has put his forks down */
};

struct together {
	uint64_t made[PHILOSOPHERS_MAX]; /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct together);
}

static void setup(struct trial *t)
{
	trial_philosophers_init(t, 0);
}

static unsigned guests(const struct trial *t)
{
	return t->threads / 2;
}

/* The philosophers round, round + 2, round + 4, … */
static bool is_guest(const struct trial *t, unsigned self, uint64_t round)
{
	uint64_t seat = (self + t->threads - round % t->threads) % t->threads;
	return seat % 2 == 0 && seat / 2 < guests(t);
}

static void await_all(struct trial *t, unsigned self, unsigned gate, uint64_t round)
{
	trial_await(
	    t, self, gate, (round + 1) * guests(t), PROPERTY_PARALLELISM,
	    "philosophers who are no neighbours could not eat at the same time, although nobody else wanted to");
}

/* A fixed number of rounds: all threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct together *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (is_guest(t, self, round)) {
			trial_philosophers_pick_up(t, self, 0);
			trial_open(t, self, GATE_EATING);
			await_all(t, self, GATE_EATING, round);
			trial_philosophers_put_down(t, self, 0);
			trial_open(t, self, GATE_OVER);
		}
		await_all(t, self, GATE_OVER, round);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_philosophers_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct together *d = t->data;
	for (unsigned i = 0; i < t->threads && i < PHILOSOPHERS_MAX; i++)
		trial_expect(t, i, d->made[i] == t->rounds, PROPERTY_PARALLELISM,
			     "philosophers who are no neighbours could not eat at the same time");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "together",
	.plugin = "philosophers",
	.objects = 1,
	.threads_min = 4,
	.threads_max = PHILOSOPHERS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
