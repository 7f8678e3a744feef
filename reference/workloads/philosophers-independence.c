/* independence: two tables. While one philosopher eats at the first, his neighbour must be able to eat at the second;
 * then the neighbour goes over to the first, and in the end both want to eat at the second: at each table they are
 * neighbours. A table that was cleared away can be laid again. */
#include <stdatomic.h>

#include <syncgrade/philosophers.h>
#include <syncgrade/workload.h>

#include "harness/again.h"
#include "harness/table.h"

enum { A, B };
enum { GATE_HELD, GATE_PASSED, GATE_DOWN, GATE_OVER, GATE_BACK }; /* each opened once in each round; BACK + self */

struct independence {
	/* How many eat at a table. Relaxed: it orders nothing, and the table has to. */
	_Atomic uint32_t eating[2];
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
	for (struct again again = { 0 }; make_again(t, &again);) {
		trial_philosophers_destroy(t, A);
		trial_philosophers_init(t, A);
	}
}

static void begin(struct trial *t, unsigned self, unsigned table)
{
	struct independence *d = t->data;
	trial_philosophers_pick_up(t, self, table);
	trial_expect(t, self, atomic_fetch_add_explicit(&d->eating[table], 1, memory_order_relaxed) == 0,
		     PROPERTY_INDEPENDENCE,
		     "where there are two tables, two neighbours ate at the same time at one of them");
}

static void end(struct trial *t, unsigned self, unsigned table)
{
	struct independence *d = t->data;
	atomic_fetch_sub_explicit(&d->eating[table], 1, memory_order_relaxed);
	trial_philosophers_put_down(t, self, table);
}

static void eat(struct trial *t, unsigned self, unsigned table)
{
	begin(t, self, table);
	end(t, self, table);
}

static void hold(struct trial *t, unsigned self, unsigned table, uint64_t round)
{
	begin(t, self, table);
	trial_open(t, self, GATE_HELD);
	trial_await(t, self, GATE_PASSED, round + 1, PROPERTY_INDEPENDENCE,
		    "while a philosopher ate at one table, another could not eat at a different one");
	end(t, self, table);
	trial_open(t, self, GATE_DOWN);
}

/* Whether he wants to eat at the first table while the other may still do so there. That is waiting, of which the
 * explorer sees every order: so it gets it once in its run. */
static bool comes_early(const struct trial *t, uint64_t round)
{
	return round == 0 || t->rounds > 2;
}

static void pass(struct trial *t, unsigned self, unsigned table, unsigned other, uint64_t round)
{
	trial_await(t, self, GATE_HELD, round + 1, PROPERTY_INDEPENDENCE,
		    "a philosopher could not eat although nobody else wanted to");
	eat(t, self, other);
	trial_open(t, self, GATE_PASSED);
	if (!comes_early(t, round))
		trial_await(t, self, GATE_DOWN, round + 1, PROPERTY_INDEPENDENCE,
			    "a philosopher could not put his forks down");
	eat(t, self, table);
	trial_open(t, self, GATE_OVER);
}

/* A fixed number of rounds: both threads have to make the same. In two they have changed places and tables. */
static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		unsigned table = round % 2 == 0 ? A : B, other = table == A ? B : A;
		if (self == round % 2)
			hold(t, self, table, round);
		else
			pass(t, self, table, other, round);
		trial_await(t, self, GATE_OVER, round + 1, PROPERTY_INDEPENDENCE,
			    "a philosopher who had eaten at one table could not eat at a different one");
		eat(t, self, other);
		trial_open(t, self, GATE_BACK + self);
		trial_await(t, self, GATE_BACK + 1 - self, round + 1, PROPERTY_INDEPENDENCE,
			    "two philosophers who had eaten at one table could not both eat at a different one");
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
