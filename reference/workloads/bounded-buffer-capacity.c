/* capacity: each thread puts an item in and takes one out. From where its put has returned to where its get begins,
 * there is an item of its own inside: so never may more threads be there than the buffer has places. There are several
 * places, and several who put and get: what comes out must be what went in, each item once. */
#include <stdatomic.h>
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

#include "harness/item.h"
#include "harness/wear.h"

/* The explorer sees from the section's marks how many are inside; in its few rounds, counting would only cost. */
#define ROUNDS_TO_COUNT 4u

struct capacity {
	/* Relaxed, so that it orders nothing: a buffer need not make the next put see what was done before a get. */
	atomic_uint inside;
	struct {
		uint64_t made;     /* rounds */
		uint64_t most;     /* that it saw inside */
		uint64_t put, got; /* sums of the items */
	} of[];                    /* written by its thread alone */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct capacity) + threads * sizeof(((struct capacity *)NULL)->of[0]);
}

/* At least one, and fewer than there are threads. */
static unsigned places(const struct trial *t)
{
	return (t->threads + 1) / 2;
}

static void setup(struct trial *t)
{
	trial_capacity(t, 0, places(t));
	trial_bounded_buffer_init(t, 0, places(t));
}

static void count(struct trial *t, unsigned self)
{
	struct capacity *c = t->data;
	if (t->rounds < ROUNDS_TO_COUNT)
		return;
	unsigned inside = atomic_fetch_add_explicit(&c->inside, 1, memory_order_relaxed) + 1;
	if (inside > c->of[self].most)
		c->of[self].most = inside;
	trial_pause(t, self);
	atomic_fetch_sub_explicit(&c->inside, 1, memory_order_relaxed);
}

static void take(struct trial *t, unsigned self)
{
	struct capacity *c = t->data;
	uint64_t got = trial_bounded_buffer_get(t, self, 0);
	trial_expect(t, self, item_is_true(t, got, t->threads, t->rounds), PROPERTY_ORDERING,
		     "get() returned something that nobody had put in");
	c->of[self].got += got;
}

static void put(struct trial *t, unsigned self, uint64_t number)
{
	struct capacity *c = t->data;
	trial_bounded_buffer_put(t, self, 0, item_made(t, self, number));
	c->of[self].put += item_made(t, self, number);
}

/* An item stays inside all the time, so that one is taken where an index that runs over has put another. */
static void put_and_take(struct trial *t, unsigned self, uint64_t number)
{
	if (number == 0)
		put(t, self, 0);
	put(t, self, number % t->rounds);
	take(t, self);
	if (number + 1 == WORN)
		take(t, self);
}

static void thread(struct trial *t, unsigned self)
{
	struct capacity *c = t->data;
	WEAR_AS(t, self, put_and_take(t, self, worn), PROPERTY_CAPACITY,
		"a thread that was alone put items in and took them out, many times, and was made to wait");
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		put(t, self, round);
		trial_enter(t, self, 0);
		count(t, self);
		trial_leave(t, self, 0);
		take(t, self);
		c->of[self].made = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_bounded_buffer_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct capacity *c = t->data;
	uint64_t rounds = 0, put = 0, got = 0;
	bool few = true;
	for (unsigned i = 0; i < t->threads; i++) {
		rounds |= c->of[i].made;
		put += c->of[i].put;
		got += c->of[i].got;
		few = few && c->of[i].most <= places(t);
	}
	trial_expect(t, t->threads, few, PROPERTY_CAPACITY, "there were more items inside than the buffer has places");
	trial_expect(t, t->threads, put == got, PROPERTY_ORDERING,
		     "in the end, what was taken out is not what was put in: items were lost or came twice");
	trial_expect(t, t->threads, rounds != 0, PROPERTY_CAPACITY, "no thread ever put an item in and took one out");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "capacity",
	.plugin = "bounded_buffer",
	.objects = 1,
	.threads_min = 3,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
