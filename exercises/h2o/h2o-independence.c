/* independence: an oxygen waits at one h2o while three atoms become a molecule at another; then two of these come to
 * the first, as hydrogens. That one was made, destroyed and made again while the other existed. */
#include "calls.h"

enum { FIRST, SECOND, PLACES };
enum { WAITS, OXYGEN, ATOMS = 4 };
enum { GATE_BACK }; /* opened by each of the three when it has come back */

struct independence {
	struct atom first[ATOMS], second[ATOMS]; /* each written by its own thread */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct independence);
}

static void setup(struct trial *t)
{
	h2o_make(t, FIRST);
	h2o_make(t, SECOND);
	h2o_destroy(t, FIRST);
	h2o_make(t, FIRST);
}

static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	if (self == WAITS) {
		h2o_bond(t, self, FIRST, true, &d->first[self]);
		return;
	}
	h2o_bond(t, self, SECOND, self == OXYGEN, &d->second[self]);
	trial_open(t, self, GATE_BACK);
	trial_await(t, self, GATE_BACK, MOLECULE, PROPERTY_INDEPENDENCE,
		    "three atoms have come to one h2o, and do not come back, while another waits elsewhere");
	if (self != OXYGEN)
		h2o_bond(t, self, FIRST, false, &d->first[self]);
}

static void finish(struct trial *t)
{
	h2o_destroy(t, SECOND);
	h2o_destroy(t, FIRST);
}

static void expect_three(struct trial *t, const struct atom *atoms, unsigned without)
{
	uint64_t number = atoms[without == 0 ? 1 : 0].molecule;
	for (unsigned i = 0; i < ATOMS; i++)
		trial_expect(t, i, i == without || (atoms[i].came == 1 && atoms[i].molecule == number),
			     PROPERTY_INDEPENDENCE,
			     "with two places for atoms, one was taken for one of the other place");
}

static void verify(struct trial *t)
{
	const struct independence *d = t->data;
	expect_three(t, d->first, OXYGEN);
	expect_three(t, d->second, WAITS);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "h2o",
	.objects = PLACES,
	.threads_min = ATOMS,
	.threads_max = ATOMS,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
