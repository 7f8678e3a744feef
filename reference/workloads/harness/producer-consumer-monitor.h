/* producer-consumer: a bounded buffer in a monitor with two conditions (Hoare 1974). */
#ifndef PRODUCER_CONSUMER_MONITOR_H
#define PRODUCER_CONSUMER_MONITOR_H

#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

#include "stock.h"
#include "until.h"
#include "who.h"

enum { NOT_FULL, NOT_EMPTY };

static void setup(struct trial *t)
{
	trial_monitor_init(t, 0);
}

static void put(struct trial *t, unsigned self, uint64_t *patience, struct stock_item item)
{
	const struct stock *s = t->data;
	trial_monitor_enter(t, self, 0);
	UNTIL_SIGNALLED(t, self, patience, NOT_FULL, PROPERTY_ORDERING, s->filled < STOCK_CAPACITY);
	stock_put(t, self, item);
	trial_monitor_signal(t, self, 0, NOT_EMPTY);
	trial_monitor_exit(t, self, 0);
}

static struct stock_item take(struct trial *t, unsigned self, uint64_t *patience)
{
	const struct stock *s = t->data;
	trial_monitor_enter(t, self, 0);
	UNTIL_SIGNALLED(t, self, patience, NOT_EMPTY, PROPERTY_ORDERING, s->filled > 0);
	struct stock_item item = stock_take(t, self);
	trial_monitor_signal(t, self, 0, NOT_FULL);
	trial_monitor_exit(t, self, 0);
	return item;
}

static void produce(struct trial *t, unsigned self)
{
	struct stock *s = t->data;
	uint64_t left = patience(t);
	for (uint64_t number = 0; trial_more(t, self, number); number++) {
		s->of[self].made = number + 1;
		put(t, self, &left, stock_item(t, self, number));
	}
	trial_monitor_enter(t, self, 0);
	bool last = stock_retire(t);
	trial_monitor_exit(t, self, 0);
	for (unsigned i = stock_producers(t); last && i < t->threads; i++)
		put(t, self, &left, (struct stock_item){ .producer = STOCK_END });
}

static void thread(struct trial *t, unsigned self)
{
	if (self < stock_producers(t)) {
		produce(t, self);
		return;
	}
	uint64_t takes = 0, left = patience(t);
	while (take(t, self, &left).producer != STOCK_END && takes < stock_takes_max(t))
		takes++;
}

static void finish(struct trial *t)
{
	trial_monitor_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WHO_FLAGS,
	.name = WHO_NAME("producer-consumer"),
	.plugin = "monitor",
	.objects = 1,
	.threads_min = 2,
	.data_size = stock_data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = stock_verify,
};

#endif
