/* teamwork: thread 0 writes a task and opens the first latch; the others wait for that, read the task, write a result
 * each and count the second latch down, for which thread 0 waits, to add up what they wrote. A latch opens once, so
 * that there is one round; `rounds` are ignored. */
#include <stdatomic.h>

#include "calls.h"

#define THREADS_MAX 32u

enum { START, DONE, LATCHES };

struct teamwork {
	/* Whether the thread has written its part. Relaxed: it orders nothing, but lets every order be seen, where
	 * parts of which the plugin takes no care only race. */
	_Atomic uint64_t written[THREADS_MAX];
	uint64_t part[THREADS_MAX]; /* thread 0's is the task; the others' are the results */
	uint64_t sum;               /* of the results; thread 0's */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct teamwork);
}

static void setup(struct trial *t)
{
	latch_make(t, START, 1);
	latch_make(t, DONE, t->threads - 1);
}

static void write_part(struct trial *t, unsigned self, uint64_t part)
{
	struct teamwork *d = t->data;
	d->part[self] = part;
	atomic_store_explicit(&d->written[self], 1, memory_order_relaxed);
	trial_pause(t, self);
}

static void expect_written(struct trial *t, unsigned self, unsigned by, const char *message)
{
	struct teamwork *d = t->data;
	trial_expect(t, self, atomic_load_explicit(&d->written[by], memory_order_relaxed) != 0, PROPERTY_ORDERING,
		     message);
}

static void lead(struct trial *t, unsigned self)
{
	struct teamwork *d = t->data;
	write_part(t, self, trial_random(t, self, 0));
	latch_count_down(t, self, START);
	latch_await(t, self, DONE);
	for (unsigned i = 1; i < t->threads; i++) {
		expect_written(t, self, i, "await() returned although not all had counted down");
		d->sum += d->part[i];
	}
}

static void work(struct trial *t, unsigned self)
{
	struct teamwork *d = t->data;
	latch_await(t, self, START);
	expect_written(t, self, 0, "await() returned although nobody had counted down");
	write_part(t, self, d->part[0] ^ trial_random(t, self, 0));
	latch_count_down(t, self, DONE);
}

static void thread(struct trial *t, unsigned self)
{
	if (self == 0)
		lead(t, self);
	else
		work(t, self);
}

static void finish(struct trial *t)
{
	latch_destroy(t, DONE);
	latch_destroy(t, START);
}

static void verify(struct trial *t)
{
	const struct teamwork *d = t->data;
	uint64_t expected = 0;
	for (unsigned i = 1; i < t->threads && i < THREADS_MAX; i++)
		expected += trial_random(t, 0, 0) ^ trial_random(t, i, 0);
	trial_expect(t, 0, d->sum == expected, PROPERTY_ORDERING,
		     "in the end, not all was seen that had been written before the latch was counted down");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "teamwork",
	.plugin = "latch",
	.objects = LATCHES,
	.threads_min = 2,
	.threads_max = THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
