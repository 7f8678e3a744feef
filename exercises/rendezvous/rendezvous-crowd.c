/* crowd: an even number of threads come once each. Whoever gets somebody's item must have given its own to that one. */
#include "calls.h"

#define THREADS_MAX 32u

struct crowd {
	uint64_t got[THREADS_MAX]; /* each written by its own thread */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct crowd);
}

static void setup(struct trial *t)
{
	rendezvous_make(t, 0);
}

static void thread(struct trial *t, unsigned self)
{
	struct crowd *d = t->data;
	trial_pause(t, self);
	d->got[self] = rendezvous_exchange(t, self, 0, brings(t, self, 0));
}

static void finish(struct trial *t)
{
	rendezvous_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct crowd *d = t->data;
	for (unsigned i = 0; i < t->threads && i < THREADS_MAX; i++) {
		unsigned partner = brought_by(t, d->got[i], 0);
		trial_expect(t, i, partner < t->threads && partner != i, PROPERTY_ORDERING,
			     "a thread came back without the item of another one");
		trial_expect(t, i,
			     partner >= t->threads || partner >= THREADS_MAX || brought_by(t, d->got[partner], 0) == i,
			     PROPERTY_ORDERING, "a thread got an item of one that exchanged with somebody else");
	}
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "crowd",
	.plugin = "rendezvous",
	.objects = 1,
	.threads_min = 2,
	.threads_max = THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
