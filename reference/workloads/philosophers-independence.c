/* independence: two tables. While one philosopher eats at the first, his neighbour must be able to eat at the second; a
 * table that was cleared away can be laid again. */
#include "harness/table.h"

enum { A, B };
enum { GATE_HELD, GATE_PASSED }; /* each opened once in each round */

struct independence {
	uint64_t made[2]; /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct independence);
}

/* Laying A again while B is there: a plugin that keeps its state in a static variable forgets one of them. */
static void setup(struct trial *t)
{
	trial_philosophers_init(t, A);
	trial_philosophers_init(t, B);
	trial_philosophers_destroy(t, A);
	trial_philosophers_init(t, A);
}

static void hold(struct trial *t, unsigned self, unsigned table, uint64_t round)
{
	trial_philosophers_pick_up(t, self, table);
	trial_open(t, self, GATE_HELD);
	trial_await(t, self, GATE_PASSED, round + 1, PROPERTY_INDEPENDENCE,
		    "while a philosopher ate at one table, another could not eat at a different one");
	trial_philosophers_put_down(t, self, table);
}

static void pass(struct trial *t, unsigned self, unsigned table, uint64_t round)
{
	trial_await(t, self, GATE_HELD, round + 1, PROPERTY_INDEPENDENCE,
		    "a philosopher could not eat although nobody else wanted to");
	trial_philosophers_pick_up(t, self, table);
	trial_philosophers_put_down(t, self, table);
	trial_open(t, self, GATE_PASSED);
}

/* A fixed number of rounds: both threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		unsigned table = round % 2 == 0 ? A : B;
		if (self == 0)
			hold(t, self, table, round);
		else
			pass(t, self, table == A ? B : A, round);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_philosophers_destroy(t, A);
	trial_philosophers_init(t, A);
	trial_philosophers_destroy(t, B);
	trial_philosophers_destroy(t, A);
}

static void verify(struct trial *t)
{
	const struct independence *d = t->data;
	trial_expect(t, t->threads, d->made[0] == t->rounds && d->made[1] == t->rounds, PROPERTY_INDEPENDENCE,
		     "while a philosopher ate at one table, another could not eat at a different one");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "philosophers",
	.objects = 2,
	.threads_min = 2,
	.threads_max = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
