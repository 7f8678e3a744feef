/* independence: two buffers of different size. While one is full, another must take items and give them back, in order;
 * a buffer that was destroyed, with an item in it, can be made again. */
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

#define PLACES 2u /* of the second; the first has one */

enum { A, B };
enum { GATE_FULL, GATE_PASSED }; /* each opened once in each round */

struct independence {
	uint64_t made[2]; /* rounds, per thread */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct independence);
}

/* Making A again while B exists: a plugin that keeps its state in a static variable forgets one of them. */
static void setup(struct trial *t)
{
	trial_bounded_buffer_init(t, A, PLACES);
	trial_bounded_buffer_put(t, t->threads, A, 0);
	trial_bounded_buffer_init(t, B, PLACES);
	trial_bounded_buffer_destroy(t, A);
	trial_bounded_buffer_init(t, A, 1);
}

static void keep_full(struct trial *t, unsigned self, uint64_t round)
{
	uint64_t item = trial_random(t, self, round);
	trial_bounded_buffer_put(t, self, A, item);
	trial_open(t, self, GATE_FULL);
	trial_await(t, self, GATE_PASSED, round + 1, PROPERTY_INDEPENDENCE,
		    "while one buffer was full, a thread could not get items through a different one");
	trial_expect(t, self, trial_bounded_buffer_get(t, self, A) == item, PROPERTY_INDEPENDENCE,
		     "an item that was put into one buffer did not come out of it, but something else");
}

static void pass(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_FULL, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread could not put an item into a buffer that was empty, while another buffer existed");
	for (unsigned i = 0; i < PLACES; i++)
		trial_bounded_buffer_put(t, self, B, trial_random(t, self, PLACES * round + i));
	for (unsigned i = 0; i < PLACES; i++)
		trial_expect(t, self, trial_bounded_buffer_get(t, self, B) == trial_random(t, self, PLACES * round + i),
			     PROPERTY_INDEPENDENCE,
			     "an item that was put into one buffer did not come out of it, but something else");
	trial_open(t, self, GATE_PASSED);
}

/* A fixed number of rounds: both threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (self == 0)
			keep_full(t, self, round);
		else
			pass(t, self, round);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_bounded_buffer_destroy(t, A);
	trial_bounded_buffer_init(t, A, PLACES);
	trial_bounded_buffer_destroy(t, B);
	trial_bounded_buffer_destroy(t, A);
}

static void verify(struct trial *t)
{
	const struct independence *d = t->data;
	trial_expect(t, t->threads, d->made[0] == t->rounds && d->made[1] == t->rounds, PROPERTY_INDEPENDENCE,
		     "while one buffer was full, a thread could not get items through a different one");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "bounded_buffer",
	.objects = 2,
	.threads_min = 2,
	.threads_max = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
