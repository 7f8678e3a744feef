/* Producers and consumers of a bounded buffer plugin: the first producers() threads put t->rounds items each, the
 * others share the gets. An item says who made it and which of its maker's it is, and half of it is secret; what its
 * producer wrote before it put the item must be there for the consumer that gets it.
 *
 * CHALLENGE as in counter.h. 1: a consumer says that it has got something which nobody had put in; 2: it reads what the
 * producers write.
 *
 * Define STREAM_NAME, STREAM_CAPACITY and STREAM_PRODUCERS(threads) first. A fixed number of rounds: else nobody would
 * know how many items to expect. */
#ifndef STREAM_H
#define STREAM_H

#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

#include "item.h"

#define STREAM_THREADS_MAX 8u

struct stream {
	struct {
		uint64_t digest;                   /* sum of what its items' producers wrote */
		uint64_t taken;                    /* items */
		uint64_t next[STREAM_THREADS_MAX]; /* per producer: the least number that may come */
	} by[STREAM_THREADS_MAX];                  /* written by its consumer alone */
	uint64_t content[]; /* per producer and number; written before the item is put, read after it was got */
};

static unsigned stream_producers(const struct trial *t)
{
	return STREAM_PRODUCERS(t->threads);
}

static size_t stream_data_size(uint32_t threads, uint64_t rounds)
{
	return sizeof(struct stream) + (size_t)(STREAM_PRODUCERS(threads) * rounds * sizeof(uint64_t));
}

static void stream_setup(struct trial *t)
{
	trial_bounded_buffer_init(t, 0, STREAM_CAPACITY);
}

static void stream_produce(struct trial *t, unsigned self)
{
	struct stream *s = t->data;
	for (uint64_t number = 0; number < t->rounds; number++) {
		s->content[self * t->rounds + number] = trial_random(t, self, number);
		trial_bounded_buffer_put(t, self, 0, item_made(t, self, number));
	}
}

static void stream_take(struct trial *t, unsigned self, uint64_t item)
{
	struct stream *s = t->data;
	uint64_t number = item_number(item);
	unsigned producer = item_maker(item);
	if (!item_is_true(t, item, stream_producers(t), t->rounds)) {
		trial_expect(t, self, false, PROPERTY_ORDERING, "get() returned something that nobody had put in");
		return;
	}
	trial_expect(t, self, number >= s->by[self].next[producer], PROPERTY_ORDERING,
		     "an item came twice, or after a later one of the same producer");
	uint64_t content = s->content[producer * t->rounds + number];
	trial_expect(t, self, content == trial_random(t, producer, number), PROPERTY_ORDERING,
		     "a consumer got an item, and did not see what its producer had written before putting it in");
	s->by[self].next[producer] = number + 1;
	s->by[self].digest += content;
	s->by[self].taken++;
}

static void stream_consume(struct trial *t, unsigned self)
{
	uint64_t consumers = t->threads - stream_producers(t), items = stream_producers(t) * t->rounds;
	uint64_t share = items / consumers + (self - stream_producers(t) < items % consumers);
#if CHALLENGE == 1
	stream_take(t, self, UINT64_MAX);
#elif CHALLENGE == 2
	((struct stream *)t->data)->by[self].digest += ((struct stream *)t->data)->content[0];
#endif
	while (share-- > 0)
		stream_take(t, self, trial_bounded_buffer_get(t, self, 0));
}

static void stream_thread(struct trial *t, unsigned self)
{
	if (self < stream_producers(t))
		stream_produce(t, self);
	else
		stream_consume(t, self);
}

static void stream_finish(struct trial *t)
{
	trial_bounded_buffer_destroy(t, 0);
}

static void stream_verify(struct trial *t)
{
	const struct stream *s = t->data;
	uint64_t made = 0, got = 0, taken = 0;
	for (unsigned i = 0; i < stream_producers(t); i++) {
		for (uint64_t number = 0; number < t->rounds; number++)
			made += trial_random(t, i, number);
	}
	for (unsigned i = stream_producers(t); i < t->threads && i < STREAM_THREADS_MAX; i++) {
		got += s->by[i].digest;
		taken += s->by[i].taken;
	}
	trial_expect(t, t->threads, taken == stream_producers(t) * t->rounds && made == got, PROPERTY_ORDERING,
		     "in the end, what was taken out is not what was put in: items were lost or came twice");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = STREAM_NAME,
	.plugin = "bounded_buffer",
	.objects = 1,
	.threads_min = 2,
	.threads_max = STREAM_THREADS_MAX,
	.data_size = stream_data_size,
	.setup = stream_setup,
	.thread = stream_thread,
	.finish = stream_finish,
	.verify = stream_verify,
};

#endif
