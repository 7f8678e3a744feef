/* sharing: in each round all threads must be inside together, reading; then one of them writes. Nobody wants to write
 * while they gather, so that a lock which prefers writers lets them all in as well. */
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

enum {
	GATE_INSIDE, /* opened by each thread in each round, once it is inside for reading */
	GATE_WRITTEN /* opened once in each round, when the writer has left */
};

struct sharing {
	uint64_t written; /* protected by the lock: rounds */
	struct {
		uint64_t together; /* rounds */
		uint64_t missed;   /* not 0: has not seen what a writer wrote. Told in the end: where that races, what a
				      thread does next must not depend on it. */
	} of[];                    /* written by its thread alone */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct sharing) + threads * 2 * sizeof(uint64_t);
}

static void setup(struct trial *t)
{
	trial_rwlock_init(t, 0);
}

static void read_together(struct trial *t, unsigned self, uint64_t round)
{
	struct sharing *d = t->data;
	trial_rwlock_acquire_read(t, self, 0);
	trial_enter_shared(t, self, 0);
	trial_open(t, self, GATE_INSIDE);
	trial_await(t, self, GATE_INSIDE, (round + 1) * t->threads, PROPERTY_PARALLELISM,
		    "readers could not be inside together, although nobody was writing or wanted to: one that came "
		    "later had to wait");
	d->of[self].missed |= d->written ^ round;
	d->of[self].together = round + 1;
	trial_leave(t, self, 0);
	trial_rwlock_release_read(t, self, 0);
}

static void write_alone(struct trial *t, unsigned self)
{
	struct sharing *d = t->data;
	trial_rwlock_acquire_write(t, self, 0);
	trial_enter(t, self, 0);
	d->written++;
	trial_leave(t, self, 0);
	trial_rwlock_release_write(t, self, 0);
	trial_open(t, self, GATE_WRITTEN);
}

/* A fixed number of rounds: all threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	for (uint64_t round = 0; round < t->rounds; round++) {
		read_together(t, self, round);
		if (self == round % t->threads)
			write_alone(t, self);
		trial_await(t, self, GATE_WRITTEN, round + 1, PROPERTY_PROGRESS,
			    "all readers have left or are about to, but the writer did not get in");
	}
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct sharing *d = t->data;
	bool together = true;
	for (unsigned i = 0; i < t->threads; i++) {
		together = together && d->of[i].together == t->rounds;
		trial_expect(t, i, d->of[i].missed == 0, PROPERTY_MUTUAL_EXCLUSION,
			     "a reader did not see what the last writer wrote");
	}
	trial_expect(t, t->threads, together, PROPERTY_PARALLELISM, "readers could not be inside together");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "sharing",
	.plugin = "rwlock",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
