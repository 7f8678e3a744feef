/* water: three threads become a molecule again and again; who is the oxygen changes. Each writes a letter before, and
 * reads the two others' afterwards. */
#include "calls.h"

enum { ROUNDS_MAX = 4096 };

struct water {
	uint64_t made[MOLECULE];   /* rounds; each written by its own thread */
	uint64_t digest[MOLECULE]; /* of the letters that it has read, likewise */
	uint64_t letter[ROUNDS_MAX]
		       [MOLECULE]; /* a cell for each round: who is quick does not write over what is read */
	uint64_t molecule[ROUNDS_MAX][MOLECULE];
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct water);
}

static void setup(struct trial *t)
{
	h2o_make(t, 0);
}

/* A fixed number of rounds: all have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct water *d = t->data;
	for (uint64_t round = 0; round < t->rounds && round < ROUNDS_MAX; round++) {
		d->letter[round][self] = trial_random(t, self, round) + 1;
		trial_pause(t, self);
		d->molecule[round][self] =
		    (self + round) % MOLECULE == 0 ? h2o_oxygen(t, self, 0) : h2o_hydrogen(t, self, 0);
		for (unsigned i = 0; i < MOLECULE; i++)
			d->digest[self] += i != self ? d->letter[round][i] : 0;
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	h2o_destroy(t, 0);
}

static void expect_letters(struct trial *t, const struct water *d, unsigned self)
{
	uint64_t expected = 0;
	for (uint64_t round = 0; round < t->rounds && round < ROUNDS_MAX; round++) {
		for (unsigned i = 0; i < MOLECULE; i++)
			expected += i != self ? trial_random(t, i, round) + 1 : 0;
	}
	trial_expect(t, self, d->made[self] > 0 && d->digest[self] == expected, PROPERTY_ORDERING,
		     "in the end, an atom has not seen what the others wrote before they became a molecule");
}

static bool is_told_once(const struct water *d, uint64_t round)
{
	uint64_t before = 0;
	while (before < round && d->molecule[before][0] != d->molecule[round][0])
		before++;
	return before == round;
}

static void verify(struct trial *t)
{
	const struct water *d = t->data;
	for (unsigned i = 0; i < MOLECULE; i++)
		expect_letters(t, d, i);
	for (uint64_t round = 0; round < t->rounds && round < ROUNDS_MAX; round++) {
		const uint64_t *told = d->molecule[round];
		trial_expect(t, t->threads, told[0] == told[1] && told[1] == told[2], PROPERTY_ORDERING,
			     "the three atoms of a molecule were told different numbers");
		trial_expect(t, t->threads, is_told_once(d, round), PROPERTY_ORDERING,
			     "two molecules were told the same number");
	}
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "water",
	.plugin = "h2o",
	.objects = 1,
	.threads_min = MOLECULE,
	.threads_max = MOLECULE,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
