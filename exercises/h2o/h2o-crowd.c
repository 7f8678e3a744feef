/* crowd: as many atoms come at the same time as make whole molecules, once each, hydrogens first if they come in order;
 * threads that are too many do nothing. Each three that were told the same number must be two hydrogens and an oxygen.
 */
#include "calls.h"

#define THREADS_MAX 32u

struct crowd {
	struct atom atom[THREADS_MAX]; /* each written by its own thread */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct crowd);
}

static void setup(struct trial *t)
{
	h2o_make(t, 0);
}

static unsigned whole(const struct trial *t)
{
	return t->threads - t->threads % MOLECULE;
}

static void thread(struct trial *t, unsigned self)
{
	struct crowd *d = t->data;
	if (self >= whole(t))
		return;
	trial_pause(t, self);
	h2o_bond(t, self, 0, self >= 2 * (whole(t) / MOLECULE), &d->atom[self]);
}

static void finish(struct trial *t)
{
	h2o_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct crowd *d = t->data;
	expect_water(t, d->atom, THREADS_MAX);
	for (unsigned i = 0; i < whole(t) && i < THREADS_MAX; i++)
		trial_expect(t, i, d->atom[i].came == 1, PROPERTY_PROGRESS, "not every atom became part of a molecule");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "crowd",
	.plugin = "h2o",
	.objects = 1,
	.threads_min = MOLECULE,
	.threads_max = THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
