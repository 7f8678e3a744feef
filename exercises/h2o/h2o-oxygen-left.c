/* oxygen-left: two oxygens and two hydrogens come. One oxygen is left over, and waits; when three have come back, the
 * two hydrogens come again. */
#include "calls.h"

enum { OXYGENS = 2, ATOMS = 4, CALLS = 6 };
enum { GATE_BACK }; /* opened by each thread when it has come back for the first time */

struct left {
	struct atom atom[CALLS]; /* each written by one thread */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct left);
}

static void setup(struct trial *t)
{
	h2o_make(t, 0);
}

static void thread(struct trial *t, unsigned self)
{
	struct left *d = t->data;
	h2o_bond(t, self, 0, self < OXYGENS, &d->atom[self]);
	trial_open(t, self, GATE_BACK);
	if (self < OXYGENS)
		return;
	trial_await(t, self, GATE_BACK, MOLECULE, PROPERTY_PROGRESS,
		    "two hydrogens and an oxygen have come, and do not all come back");
	h2o_bond(t, self, 0, false, &d->atom[self + OXYGENS]);
}

static void finish(struct trial *t)
{
	h2o_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct left *d = t->data;
	expect_water(t, d->atom, CALLS);
	for (unsigned i = 0; i < CALLS; i++)
		trial_expect(t, i < ATOMS ? i : i - OXYGENS, d->atom[i].came == 1, PROPERTY_PROGRESS,
			     "not every atom became part of a molecule");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "oxygen-left",
	.plugin = "h2o",
	.objects = 1,
	.threads_min = ATOMS,
	.threads_max = ATOMS,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
