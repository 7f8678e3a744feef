/* Thread 0 against all others, each of whom makes one call of the same kind in each round and waits in it: thread 0
 * makes its calls in one go, and whoever waits has to be woken by them, one by one.
 *
 * There are as many places as other threads. First define SLEEPERS_NAME, SLEEPERS_STUCK (what is said of those who wait
 * for ever), sleepers_filled() (how many items are in the buffer in the beginning), and sleepers_wait() and
 * sleepers_wake(), which make one call of the others and of thread 0. */
#ifndef SLEEPERS_H
#define SLEEPERS_H

#include "nap.h"

enum { GATE_THROUGH }; /* opened by each other thread in each round, when its call has come back */

struct sleepers {
	uint64_t woken[BOUNDED_BUFFER_CAPACITY_MAX]; /* per thread: rounds */
};

static size_t sleepers_data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct sleepers);
}

static void sleepers_setup(struct trial *t)
{
	unsigned filled = sleepers_filled(t);
	trial_bounded_buffer_init(t, 0, t->threads - 1);
	for (unsigned i = 0; i < filled; i++)
		trial_bounded_buffer_put(t, t->threads, 0, i);
}

static void sleepers_thread(struct trial *t, unsigned self)
{
	struct sleepers *d = t->data;
	uint64_t others = t->threads - 1;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (self == 0)
			nap(t);
		for (uint64_t i = 0; self == 0 && i < others; i++)
			sleepers_wake(t);
		if (self != 0) {
			sleepers_wait(t, self);
			trial_open(t, self, GATE_THROUGH);
		}
		trial_await(t, self, GATE_THROUGH, (round + 1) * others, PROPERTY_LOST_WAKEUP, SLEEPERS_STUCK);
		d->woken[self] = round + 1;
	}
}

static void sleepers_finish(struct trial *t)
{
	trial_bounded_buffer_destroy(t, 0);
}

static void sleepers_verify(struct trial *t)
{
	const struct sleepers *d = t->data;
	for (unsigned i = 0; i < t->threads && i < BOUNDED_BUFFER_CAPACITY_MAX; i++)
		trial_expect(t, i, d->woken[i] == t->rounds, PROPERTY_LOST_WAKEUP, SLEEPERS_STUCK);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = SLEEPERS_NAME,
	.plugin = "bounded_buffer",
	.objects = 1,
	.threads_min = 2,
	.threads_max = BOUNDED_BUFFER_CAPACITY_MAX,
	.data_size = sleepers_data_size,
	.setup = sleepers_setup,
	.thread = sleepers_thread,
	.finish = sleepers_finish,
	.verify = sleepers_verify,
};

#endif
