/* What producers and consumers share: a bounded buffer, and the books that tell whether each item came through exactly
 * once, in its producer's order, and never more than fit in. The first half of the threads produce, the rest consume.
 * Everything here is plain data: the caller makes sure, with the plugin, that one thread at a time is at it. */
#ifndef STOCK_H
#define STOCK_H

#include <syncgrade/workload.h>

#define STOCK_CAPACITY 2u
#define STOCK_END UINT32_MAX /* as an item's producer: there will be no more */

struct stock_item {
	uint32_t producer;
	uint32_t number;
	uint64_t secret;
};

struct stock {
	struct stock_item slot[STOCK_CAPACITY];
	uint32_t first, filled;
	uint32_t retired; /* producers that have made their last item */
	uint64_t digest;  /* sum of the secrets that were taken */
	struct {
		uint64_t made, taken; /* items */
	} of[];                       /* per producer */
};

static inline size_t stock_data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct stock) + threads * 2 * sizeof(uint64_t);
}

static inline unsigned stock_producers(const struct trial *t)
{
	return t->threads / 2;
}

static inline struct stock_item stock_item(const struct trial *t, unsigned producer, uint64_t number)
{
	return (struct stock_item){ producer, (uint32_t)number, trial_random(t, producer, number) };
}

static inline void stock_put(struct trial *t, unsigned self, struct stock_item item)
{
	struct stock *s = t->data;
	trial_expect(t, self, s->filled < STOCK_CAPACITY, PROPERTY_CAPACITY,
		     "a producer put an item into a buffer that was full");
	s->slot[(s->first + s->filled) % STOCK_CAPACITY] = item;
	trial_pause(t, self);
	s->filled++;
}

static inline struct stock_item stock_take(struct trial *t, unsigned self)
{
	struct stock *s = t->data;
	trial_expect(t, self, s->filled > 0, PROPERTY_CAPACITY, "a consumer took an item from a buffer that was empty");
	struct stock_item item = s->slot[s->first % STOCK_CAPACITY];
	trial_pause(t, self);
	s->first = (s->first + 1) % STOCK_CAPACITY;
	s->filled--;
	if (item.producer < stock_producers(t)) {
		trial_expect(t, self, item.number == (uint32_t)s->of[item.producer].taken, PROPERTY_ORDERING,
			     "an item was lost, came twice, or overtook an earlier one of the same producer");
		s->of[item.producer].taken++;
		s->digest += item.secret;
	}
	return item;
}

/* A producer has made its last item. True for the last one, which then puts an end mark for each consumer. */
static inline bool stock_retire(struct trial *t)
{
	struct stock *s = t->data;
	return ++s->retired == stock_producers(t);
}

/* More takes than this are made only where the plugin lets consumers take what is not there. */
static inline uint64_t stock_takes_max(const struct trial *t)
{
	return t->threads * (t->rounds + 1);
}

static inline void stock_verify(struct trial *t)
{
	const struct stock *s = t->data;
	uint64_t digest = 0, items = 0;
	bool same = true;
	for (unsigned i = 0; i < stock_producers(t); i++) {
		uint64_t made = s->of[i].made;
		same = same && made == s->of[i].taken && made <= t->rounds;
		for (uint64_t number = 0; number < made && number < t->rounds; number++)
			digest += trial_random(t, i, number);
		items |= made;
	}
	trial_expect(t, t->threads, items != 0, PROPERTY_ORDERING, "no item was ever produced");
	trial_expect(t, t->threads, same && digest == s->digest, PROPERTY_ORDERING,
		     "in the end, what was consumed is not what was produced: items were lost or came twice");
	trial_expect(t, t->threads, s->filled == 0, PROPERTY_ORDERING, "items were left in the buffer");
}

#endif
