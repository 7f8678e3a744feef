/* asked: every second philosopher eats, all of them together, until each of the others has asked for his forks: none of
 * those gets them before his neighbours have put theirs down. Where their number is odd, the last one only thinks. */
#include "harness/table.h"

enum {
	GATE_EATING, /* opened by each of the first, once he eats */
	GATE_ASKS    /* opened by each of the others, when he asks */
};

struct asked {
	uint64_t eats[PHILOSOPHERS_MAX]; /* protected by his forks */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct asked);
}

static void setup(struct trial *t)
{
	trial_philosophers_init(t, 0);
}

static void eat_first(struct trial *t, unsigned self)
{
	struct asked *d = t->data;
	trial_philosophers_pick_up(t, self, 0);
	d->eats[self] = 1;
	trial_open(t, self, GATE_EATING);
	trial_await(t, self, GATE_ASKS, t->threads / 2, PROPERTY_PARALLELISM,
		    "philosophers who are no neighbours could not eat at the same time");
	d->eats[self] = 0;
	trial_philosophers_put_down(t, self, 0);
}

static void eat_then(struct trial *t, unsigned self)
{
	const struct asked *d = t->data;
	trial_await(t, self, GATE_EATING, t->threads / 2, PROPERTY_PARALLELISM,
		    "philosophers who are no neighbours could not eat at the same time");
	trial_open(t, self, GATE_ASKS);
	trial_philosophers_pick_up(t, self, 0);
	trial_expect(t, self, d->eats[table_left(t, self)] == 0 && d->eats[table_right(t, self)] == 0,
		     PROPERTY_MUTUAL_EXCLUSION, "a philosopher got his forks while a neighbour was eating");
	trial_philosophers_put_down(t, self, 0);
}

static void thread(struct trial *t, unsigned self)
{
	if (self / 2 == t->threads / 2)
		return;
	if (self % 2 == 0)
		eat_first(t, self);
	else
		eat_then(t, self);
}

static void finish(struct trial *t)
{
	trial_philosophers_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "asked",
	.plugin = "philosophers",
	.objects = 1,
	.threads_min = 2,
	.threads_max = PHILOSOPHERS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
