/* dinner: each philosopher eats again and again. While he eats, something is counted on each of his two forks: if a
 * neighbour eats at the same time, a count is lost. CHALLENGE as in harness/counter.h. */
#include "harness/table.h"

struct dinner {
	uint64_t fork[TRIAL_SECTIONS_MAX]; /* protected by the two philosophers who share it */
	uint64_t made[TRIAL_SECTIONS_MAX]; /* per philosopher: meals */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct dinner);
}

static void setup(struct trial *t)
{
	struct dinner *d = t->data;
	for (unsigned i = 0; i < t->threads; i++)
		d->fork[i] = trial_random(t, t->threads, i);
	trial_philosophers_init(t, 0);
}

static void eat(struct trial *t, unsigned self, uint64_t amount)
{
	struct dinner *d = t->data;
	uint64_t left = d->fork[table_left(t, self)], right = d->fork[self];
	trial_pause(t, self);
	d->fork[table_left(t, self)] = left + amount;
	d->fork[self] = right + amount;
}

/* Two neighbours may be in the sections of their common fork one after the other only. */
static void thread(struct trial *t, unsigned self)
{
	struct dinner *d = t->data;
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
#if CHALLENGE == 1
		trial_enter(t, self, table_left(t, self));
		trial_enter(t, self, self);
		trial_philosophers_pick_up(t, self, 0);
#else
#if CHALLENGE == 2
		eat(t, self, 1);
#endif
		trial_philosophers_pick_up(t, self, 0);
		trial_enter(t, self, table_left(t, self));
		trial_enter(t, self, self);
#endif
		eat(t, self, trial_random(t, self, round));
		trial_leave(t, self, self);
		trial_leave(t, self, table_left(t, self));
		trial_philosophers_put_down(t, self, 0);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_philosophers_destroy(t, 0);
}

static uint64_t eaten(const struct trial *t, unsigned philosopher)
{
	const struct dinner *d = t->data;
	uint64_t sum = 0;
	for (uint64_t round = 0; round < d->made[philosopher] && round < t->rounds; round++)
		sum += trial_random(t, philosopher, round);
	return sum;
}

static void verify(struct trial *t)
{
	const struct dinner *d = t->data;
	uint64_t meals = 0;
	bool same = true;
	for (unsigned i = 0; i < t->threads && i < TRIAL_SECTIONS_MAX; i++) {
		uint64_t expected = trial_random(t, t->threads, i) + eaten(t, i) + eaten(t, table_right(t, i));
		same = same && d->fork[i] == expected;
		meals |= d->made[i];
	}
	trial_expect(t, t->threads, meals != 0, PROPERTY_MUTUAL_EXCLUSION, "no philosopher ever ate");
	trial_expect(t, t->threads, same, PROPERTY_MUTUAL_EXCLUSION,
		     "what was counted on a fork is wrong in the end: two neighbours ate at the same time");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "dinner",
	.plugin = "philosophers",
	.objects = 1,
	.threads_min = 2,
	.threads_max = TRIAL_SECTIONS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
