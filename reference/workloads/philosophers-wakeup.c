/* wakeup: in each round one philosopher eats while both his neighbours want to; when he has put his forks down, both
 * must get theirs, without waiting for each other. All others only think. */
#include "harness/table.h"

enum {
	GATE_HELD,   /* opened once in each round, when the one in the middle eats */
	GATE_EATING, /* opened by each of the two neighbours, once he eats */
	GATE_OVER    /* opened by each of the three when he has put his forks down */
};

struct wakeup {
	uint64_t made[PHILOSOPHERS_MAX]; /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct wakeup);
}

static void setup(struct trial *t)
{
	trial_philosophers_init(t, 0);
}

static void eat_first(struct trial *t, unsigned self)
{
	trial_philosophers_pick_up(t, self, 0);
	trial_open(t, self, GATE_HELD);
	trial_pause(t, self);
	trial_philosophers_put_down(t, self, 0);
	trial_open(t, self, GATE_OVER);
}

static void eat_then(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_HELD, round + 1, PROPERTY_PROGRESS,
		    "a philosopher who was alone in wanting to eat did not get his forks");
	trial_philosophers_pick_up(t, self, 0);
	trial_open(t, self, GATE_EATING);
	trial_await(t, self, GATE_EATING, 2 * (round + 1), PROPERTY_LOST_WAKEUP,
		    "two philosophers were waiting for the one between them; when he had put his forks down, not both "
		    "of them got theirs");
	trial_philosophers_put_down(t, self, 0);
	trial_open(t, self, GATE_OVER);
}

static void thread(struct trial *t, unsigned self)
{
	struct wakeup *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		unsigned middle = (unsigned)((round + 1) % t->threads);
		if (self == middle)
			eat_first(t, self);
		else if (self == table_left(t, middle) || self == table_right(t, middle))
			eat_then(t, self, round);
		d->made[self] = round + 1;
		trial_await(t, self, GATE_OVER, 3 * (round + 1), PROPERTY_LOST_WAKEUP,
			    "two philosophers were waiting for the one between them; when he had put his forks down, "
			    "not both of them got theirs");
	}
}

static void finish(struct trial *t)
{
	trial_philosophers_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct wakeup *d = t->data;
	for (unsigned i = 0; i < t->threads && i < PHILOSOPHERS_MAX; i++)
		trial_expect(t, i, d->made[i] == t->rounds, PROPERTY_LOST_WAKEUP,
			     "a philosopher who was waiting never ate");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "wakeup",
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
