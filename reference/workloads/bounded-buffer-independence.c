/* independence: two buffers of different size. While one is full, another must take items and give them back, in order;
 * each keeps its own items and its own count of places, also where one thread uses both; a buffer that was destroyed,
 * with an item in it, can be made again. The two threads change places in each round. */
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

#include "harness/again.h"

#define PLACES 2u /* of the second; the first has one */
#define ITEMS 5u  /* a round */

enum { A, B };
enum { GATE_FULL, GATE_PASSED, GATE_OVER }; /* each opened once in each round */

#define STRANGE "an item that was put into one buffer did not come out of it, but something else"

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
	for (struct again again = { 0 }; make_again(t, &again);) {
		trial_bounded_buffer_destroy(t, A);
		trial_bounded_buffer_init(t, A, 1);
	}
}

static uint64_t item(const struct trial *t, uint64_t round, unsigned n)
{
	return trial_random(t, 0, ITEMS * round + n);
}

static void expect_item(struct trial *t, unsigned self, unsigned buffer, uint64_t expected)
{
	trial_expect(t, self, trial_bounded_buffer_get(t, self, buffer) == expected, PROPERTY_INDEPENDENCE, STRANGE);
}

/* More items than B has places, one at a time. */
static void go_through(struct trial *t, unsigned self, uint64_t round)
{
	for (unsigned i = 0; i <= PLACES; i++) {
		trial_bounded_buffer_put(t, self, B, item(t, round, 2 + i));
		expect_item(t, self, B, item(t, round, 2 + i));
	}
}

/* Fills A, and, when the other has been through B, puts in one more, which has to wait for a place. */
static void keep_full(struct trial *t, unsigned self, uint64_t round)
{
	go_through(t, self, round);
	trial_bounded_buffer_put(t, self, A, item(t, round, 0));
	trial_open(t, self, GATE_FULL);
	trial_await(t, self, GATE_PASSED, round + 1, PROPERTY_INDEPENDENCE,
		    "while one buffer was full, a thread could not get items through a different one");
	trial_bounded_buffer_put(t, self, A, item(t, round, 1));
	trial_await(t, self, GATE_OVER, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread waits for an item that was put into one of two buffers");
}

static void pass(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_FULL, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread could not put an item into a buffer that was empty, while another buffer existed");
	for (unsigned i = 0; i < PLACES; i++)
		trial_bounded_buffer_put(t, self, B, item(t, round, 2 + i));
	for (unsigned i = 0; i < PLACES; i++)
		expect_item(t, self, B, item(t, round, 2 + i));
	trial_open(t, self, GATE_PASSED);
	expect_item(t, self, A, item(t, round, 0));
	expect_item(t, self, A, item(t, round, 1));
	trial_open(t, self, GATE_OVER);
}

/* A fixed number of rounds: both threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (self == round % 2)
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
