/* crowd: two philosophers eat, with one between them, and all others want to. One of the two puts his forks down and
 * wants them again at once; then the other does. In the end everybody has eaten. Of those who sleep, some can eat once
 * forks are put down, and others, who come to sleep before and after them, cannot yet: who wakes as many as may be able
 * to, and does not look who they are, leaves some asleep. */
#include "harness/table.h"

enum { FIRST, SECOND = 2 }; /* the two who eat first */

enum {
	GATE_HELD,  /* opened by each of the two, when he eats */
	GATE_ASKS,  /* opened by each other, when he begins to want to */
	GATE_AGAIN, /* opened by the second, when he wants to again */
	GATE_OVER   /* opened by each who has eaten */
};

struct crowd {
	uint64_t made[PHILOSOPHERS_MAX]; /* meals */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct crowd);
}

static void setup(struct trial *t)
{
	trial_philosophers_init(t, 0);
}

static void eat(struct trial *t, unsigned self)
{
	trial_philosophers_pick_up(t, self, 0);
	trial_pause(t, self);
	trial_philosophers_put_down(t, self, 0);
}

/* Until the others want to. */
static void eat_first(struct trial *t, unsigned self, uint64_t round)
{
	trial_philosophers_pick_up(t, self, 0);
	trial_open(t, self, GATE_HELD);
	trial_await(t, self, GATE_ASKS, (t->threads - 2) * (round + 1), PROPERTY_PROGRESS,
		    "of two philosophers who sit two seats apart, one had to wait although nobody else wanted to eat");
	if (self == FIRST)
		trial_await(t, self, GATE_AGAIN, round + 1, PROPERTY_PROGRESS,
			    "a philosopher who put his forks down did not come back from it");
	trial_pause(t, self);
	trial_philosophers_put_down(t, self, 0);
}

static void eat_then(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_HELD, 2 * (round + 1), PROPERTY_PROGRESS,
		    "of two philosophers who sit two seats apart, one had to wait although nobody else wanted to eat");
	trial_open(t, self, GATE_ASKS);
	eat(t, self);
}

static void meal(struct trial *t, unsigned self, uint64_t round)
{
	if (self != FIRST && self != SECOND) {
		eat_then(t, self, round);
		return;
	}
	eat_first(t, self, round);
	if (self == SECOND) {
		trial_open(t, self, GATE_AGAIN);
		eat(t, self);
	}
}

static void thread(struct trial *t, unsigned self)
{
	struct crowd *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		meal(t, self, round);
		d->made[self] = round + 1;
		trial_open(t, self, GATE_OVER);
		trial_await(t, self, GATE_OVER, t->threads * (round + 1), PROPERTY_LOST_WAKEUP,
			    "each philosopher was to eat; all who did have put their forks down, and another is still "
			    "waiting");
	}
}

static void finish(struct trial *t)
{
	trial_philosophers_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct crowd *d = t->data;
	for (unsigned i = 0; i < t->threads && i < PHILOSOPHERS_MAX; i++)
		trial_expect(t, i, d->made[i] == t->rounds, PROPERTY_LOST_WAKEUP,
			     "a philosopher who was waiting never ate");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "crowd",
	.plugin = "philosophers",
	.objects = 1,
	.threads_min = 4,
	.threads_max = PHILOSOPHERS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
