/* producer-consumer: a bounded buffer with three semaphores (Dijkstra 1965). */
#ifndef PRODUCER_CONSUMER_SEMAPHORE_H
#define PRODUCER_CONSUMER_SEMAPHORE_H

#include <syncgrade/semaphore.h>
#include <syncgrade/workload.h>

#include "stock.h"
#include "who.h"

enum { FREE, FILLED, MUTEX };

static void setup(struct trial *t)
{
	trial_semaphore_init(t, FREE, STOCK_CAPACITY);
	trial_semaphore_init(t, FILLED, 0);
	trial_semaphore_init(t, MUTEX, 1);
}

static void put(struct trial *t, unsigned self, struct stock_item item)
{
	trial_semaphore_wait(t, self, FREE);
	trial_semaphore_wait(t, self, MUTEX);
	stock_put(t, self, item);
	trial_semaphore_signal(t, self, MUTEX);
	trial_semaphore_signal(t, self, FILLED);
}

static struct stock_item take(struct trial *t, unsigned self)
{
	trial_semaphore_wait(t, self, FILLED);
	trial_semaphore_wait(t, self, MUTEX);
	struct stock_item item = stock_take(t, self);
	trial_semaphore_signal(t, self, MUTEX);
	trial_semaphore_signal(t, self, FREE);
	return item;
}

static void produce(struct trial *t, unsigned self)
{
	struct stock *s = t->data;
	for (uint64_t number = 0; trial_more(t, self, number); number++) {
		s->of[self].made = number + 1;
		put(t, self, stock_item(t, self, number));
	}
	trial_semaphore_wait(t, self, MUTEX);
	bool last = stock_retire(t);
	trial_semaphore_signal(t, self, MUTEX);
	for (unsigned i = stock_producers(t); last && i < t->threads; i++)
		put(t, self, (struct stock_item){ .producer = STOCK_END });
}

static void thread(struct trial *t, unsigned self)
{
	if (self < stock_producers(t)) {
		produce(t, self);
		return;
	}
	uint64_t takes = 0;
	while (take(t, self).producer != STOCK_END && takes < stock_takes_max(t))
		takes++;
}

static void finish(struct trial *t)
{
	for (unsigned i = FREE; i <= MUTEX; i++)
		trial_semaphore_destroy(t, i);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WHO_FLAGS,
	.name = WHO_NAME("producer-consumer"),
	.plugin = "semaphore",
	.objects = 3,
	.threads_min = 2,
	.data_size = stock_data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = stock_verify,
};

#endif
