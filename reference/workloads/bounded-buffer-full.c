/* full: the largest buffer that there may be is filled to its last place while nobody takes anything out, and emptied
 * by another thread: a table that is too small, or a number of too few bits, shows. */
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

enum {
	GATE_FULL, /* opened once in each round, when all places are taken */
	GATE_EMPTY /* and when all items were taken out */
};

struct full {
	uint64_t made[2]; /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct full);
}

static void setup(struct trial *t)
{
	trial_bounded_buffer_init(t, 0, BOUNDED_BUFFER_CAPACITY_MAX);
}

static void fill(struct trial *t, unsigned self, uint64_t round)
{
	for (unsigned place = 0; place < BOUNDED_BUFFER_CAPACITY_MAX; place++)
		trial_bounded_buffer_put(t, self, 0, trial_random(t, place, round));
	trial_open(t, self, GATE_FULL);
	trial_await(t, self, GATE_EMPTY, round + 1, PROPERTY_ORDERING,
		    "the buffer was full, but not all of the items came out again");
}

static void empty(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_FULL, round + 1, PROPERTY_PARALLELISM,
		    "fewer items fit into the buffer than it has places: put() waited although one was free");
	for (unsigned place = 0; place < BOUNDED_BUFFER_CAPACITY_MAX; place++) {
		uint64_t got = trial_bounded_buffer_get(t, self, 0);
		trial_expect(t, self, got == trial_random(t, place, round), PROPERTY_ORDERING,
			     "the items did not come out in the order in which they had been put in, one after the "
			     "other");
	}
	trial_open(t, self, GATE_EMPTY);
}

/* A fixed number of rounds: both threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct full *d = t->data;
	for (uint64_t round = 0; self < 2 && round < t->rounds; round++) {
		if (self == 0)
			fill(t, self, round);
		else
			empty(t, self, round);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_bounded_buffer_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct full *d = t->data;
	trial_expect(t, t->threads, d->made[0] == t->rounds && d->made[1] == t->rounds, PROPERTY_PARALLELISM,
		     "the buffer could not be filled and emptied");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "full",
	.plugin = "bounded_buffer",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
