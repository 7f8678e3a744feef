/* room: the threads take turns to put items in until the buffer must be full, while nobody takes any out; then one of
 * them takes all out. All places must be there, and first come is first out. */
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

enum {
	GATE_TURN, /* opened by each put */
	GATE_EMPTY /* opened once in each round, when all items were taken out */
};

struct room {
	uint64_t filled[BOUNDED_BUFFER_CAPACITY_MAX]; /* per thread: rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct room);
}

/* Any 64 bits are an item, also those with which a buffer might like to say "none". */
static uint64_t item(const struct trial *t, uint64_t round, unsigned place)
{
	switch (place) {
	case 0:
		return 0;
	case 1:
		return UINT64_MAX;
	default:
		return trial_random(t, place, round);
	}
}

static void setup(struct trial *t)
{
	trial_bounded_buffer_init(t, 0, t->threads);
}

static void await_room(struct trial *t, unsigned self, uint64_t puts)
{
	trial_await(t, self, GATE_TURN, puts, PROPERTY_PARALLELISM,
		    "fewer items fit into the buffer than it has places: put() waited although one was free");
}

static void take_all(struct trial *t, unsigned self, uint64_t round)
{
	await_room(t, self, (round + 1) * t->threads);
	for (unsigned place = 0; place < t->threads; place++) {
		uint64_t got = trial_bounded_buffer_get(t, self, 0);
		trial_expect(t, self, got == item(t, round, place), PROPERTY_ORDERING,
			     "the items did not come out in the order in which they had been put in, one after the "
			     "other");
	}
	trial_open(t, self, GATE_EMPTY);
}

/* A fixed number of rounds: all threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct room *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		unsigned place = (unsigned)((self + round) % t->threads);
		await_room(t, self, round * t->threads + place);
		trial_bounded_buffer_put(t, self, 0, item(t, round, place));
		trial_open(t, self, GATE_TURN);
		if (place == 0)
			take_all(t, self, round);
		trial_await(t, self, GATE_EMPTY, round + 1, PROPERTY_ORDERING,
			    "the buffer was full, but not all of the items came out again");
		d->filled[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_bounded_buffer_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct room *d = t->data;
	for (unsigned i = 0; i < t->threads && i < BOUNDED_BUFFER_CAPACITY_MAX; i++)
		trial_expect(t, i, d->filled[i] == t->rounds, PROPERTY_PARALLELISM,
			     "fewer items fit into the buffer than it has places");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "room",
	.plugin = "bounded_buffer",
	.objects = 1,
	.threads_min = 2,
	.threads_max = BOUNDED_BUFFER_CAPACITY_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
