/* pingpong: two threads take turns with one condition: each says that it is the other's turn, signals, and then waits
 * on the same condition. Its signal is for who waited when it was given: who signals and then waits must not take it.
 */
#include "harness/until.h"

#define PLAYERS 2u

struct pingpong {
	uint64_t turn;          /* whose */
	uint64_t made[PLAYERS]; /* turns */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct pingpong);
}

static void setup(struct trial *t)
{
	trial_monitor_init(t, 0);
}

/* Who begins has the last turn, too: so the other makes one less, which is enough for the explorer. */
static uint64_t turns(const struct trial *t, unsigned self)
{
	return self == 0 || t->rounds == 1 ? t->rounds : t->rounds - 1;
}

static void thread(struct trial *t, unsigned self)
{
	struct pingpong *p = t->data;
	uint64_t left = patience(t);
	for (uint64_t round = 0; round < turns(t, self); round++) {
		trial_monitor_enter(t, self, 0);
		UNTIL(t, self, &left, 0, PROPERTY_LOST_WAKEUP, p->turn == self);
		p->made[self]++;
		p->turn = 1 - self;
		trial_monitor_signal(t, self, 0, 0);
		trial_monitor_exit(t, self, 0);
	}
}

static void finish(struct trial *t)
{
	trial_monitor_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct pingpong *p = t->data;
	trial_expect(t, t->threads, p->made[0] == turns(t, 0) && p->made[1] == turns(t, 1), PROPERTY_LOST_WAKEUP,
		     "the two threads did not take all their turns");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "pingpong",
	.plugin = "monitor",
	.objects = 1,
	.threads_min = PLAYERS,
	.threads_max = PLAYERS,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
