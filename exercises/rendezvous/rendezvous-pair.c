/* pair: two threads meet again and again. Each writes a letter, brings what is secret of it, and reads the other's
 * letter. */
#include "calls.h"

enum { PAIR = 2, ROUNDS_MAX = 4096 };

struct pair {
	uint64_t made[PAIR];               /* rounds; each written by its own thread */
	uint64_t digest[PAIR];             /* of the letters that it has read, likewise */
	uint64_t letter[ROUNDS_MAX][PAIR]; /* a cell for each round: who is quick does not write over what is read */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct pair);
}

static void setup(struct trial *t)
{
	rendezvous_make(t, 0);
}

/* A fixed number of rounds: both have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct pair *d = t->data;
	for (uint64_t round = 0; round < t->rounds && round < ROUNDS_MAX; round++) {
		d->letter[round][self] = trial_random(t, self, round) + 1;
		trial_pause(t, self);
		uint64_t got = rendezvous_exchange(t, self, 0, brings(t, self, round));
		trial_expect(t, self, got != brings(t, self, round), PROPERTY_ORDERING,
			     "a thread got its own item back");
		trial_expect(t, self, got == brings(t, self, round) || brought_by(t, got, round) < t->threads,
			     PROPERTY_ORDERING, "a thread got what its partner has not brought to this meeting");
		d->digest[self] += d->letter[round][PAIR - 1 - self];
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	rendezvous_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct pair *d = t->data;
	for (unsigned i = 0; i < PAIR; i++) {
		uint64_t expected = 0;
		for (uint64_t round = 0; round < t->rounds && round < ROUNDS_MAX; round++)
			expected += trial_random(t, PAIR - 1 - i, round) + 1;
		trial_expect(t, i, d->made[i] > 0 && d->digest[i] == expected, PROPERTY_ORDERING,
			     "in the end, a thread has not seen what its partner wrote before they met");
	}
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "pair",
	.plugin = "rendezvous",
	.objects = 1,
	.threads_min = PAIR,
	.threads_max = PAIR,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
