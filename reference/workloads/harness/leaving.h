/* leaving: in each round one thread is inside and another wants in; the first leaves, and the second stays inside until
 * it has: who leaves must not wait for what others do inside. All other threads look on.
 *
 * Include one exclusion-….h first, and define LEAVING_STUCK: what is said where leaving does not come back. */
#ifndef LEAVING_H
#define LEAVING_H

#define LEAVING_THREADS_MAX 32u

enum {
	GATE_HELD, /* opened once in each round, when the first thread is inside */
	GATE_LEFT, /* … when it has left */
	GATE_OVER  /* … when the second has left */
};

struct leaving {
	uint64_t made[LEAVING_THREADS_MAX]; /* per thread: rounds */
};

static size_t leaving_data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct leaving);
}

static void leave_first(struct trial *t, unsigned self)
{
	exclusion_begin(t, self);
	trial_open(t, self, GATE_HELD);
	trial_pause(t, self);
	exclusion_end(t, self);
	trial_open(t, self, GATE_LEFT);
}

static void leave_then(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_HELD, round + 1, PROPERTY_PROGRESS,
		    "a thread that was alone in wanting in did not get in");
	exclusion_begin(t, self);
	trial_await(t, self, GATE_LEFT, round + 1, PROPERTY_PROGRESS, LEAVING_STUCK);
	exclusion_end(t, self);
	trial_open(t, self, GATE_OVER);
}

/* A fixed number of rounds: all threads have to make the same. */
static void leaving_thread(struct trial *t, unsigned self)
{
	struct leaving *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (self == round % t->threads)
			leave_first(t, self);
		else if (self == (round + 1) % t->threads)
			leave_then(t, self, round);
		trial_await(
		    t, self, GATE_OVER, round + 1, PROPERTY_PROGRESS,
		    "a thread did not get in, or out again, although the one before it had left or was about to");
		d->made[self] = round + 1;
	}
}

static void leaving_verify(struct trial *t)
{
	const struct leaving *d = t->data;
	for (unsigned i = 0; i < t->threads && i < LEAVING_THREADS_MAX; i++)
		trial_expect(t, i, d->made[i] == t->rounds, PROPERTY_PROGRESS, "not every thread came out again");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "leaving",
	.plugin = EXCLUSION_PLUGIN,
	.objects = 1,
	.threads_min = 2,
	.threads_max = LEAVING_THREADS_MAX,
	.data_size = leaving_data_size,
	.setup = exclusion_init,
	.thread = leaving_thread,
	.finish = exclusion_fini,
	.verify = leaving_verify,
};

#endif
