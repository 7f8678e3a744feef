/* leaving: put_down must not wait for anybody's meal. In each round two philosophers with one seat between them eat,
 * and the one between is hungry. The first puts his forks down while the second goes on eating, so that the hungry one
 * cannot eat yet; the second does, and now the hungry one can, and goes on until he has. At a table of less than four,
 * the first and the hungry one are all there are. */
#include "harness/table.h"

enum { FIRST, BETWEEN, SECOND, SEATS };

enum {
	GATE_EATS,        /* + seat: opened once in each round, when that philosopher eats */
	GATE_DOWN = SEATS /* + seat: … when he has put his forks down */
};

#define STUCK "put_down() does not return while another philosopher eats"
#define STUCK_BETWEEN                                                                                                  \
	"a philosopher did not get his forks, or rid of them, although his neighbours have put theirs down"
#define STUCK_ALONE "a philosopher did not get his forks, although no neighbour of his ate or wanted to"

struct leaving {
	uint64_t made[PHILOSOPHERS_MAX]; /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct leaving);
}

static void setup(struct trial *t)
{
	trial_philosophers_init(t, 0);
}

static bool has_second(const struct trial *t)
{
	return t->threads > SEATS;
}

static void leave_first(struct trial *t, unsigned self, uint64_t round)
{
	trial_philosophers_pick_up(t, self, 0);
	trial_open(t, self, GATE_EATS + FIRST);
	if (has_second(t))
		trial_await(t, self, GATE_EATS + SECOND, round + 1, PROPERTY_PARALLELISM, STUCK_ALONE);
	trial_philosophers_put_down(t, self, 0);
	trial_open(t, self, GATE_DOWN + FIRST);
}

static void leave_second(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_EATS + FIRST, round + 1, PROPERTY_PROGRESS, STUCK_ALONE);
	trial_philosophers_pick_up(t, self, 0);
	trial_open(t, self, GATE_EATS + SECOND);
	trial_await(t, self, GATE_DOWN + FIRST, round + 1, PROPERTY_PROGRESS, STUCK);
	trial_philosophers_put_down(t, self, 0);
	trial_open(t, self, GATE_DOWN + SECOND);
}

static void eat_between(struct trial *t, unsigned self, uint64_t round)
{
	unsigned last = has_second(t) ? SECOND : FIRST;
	trial_await(t, self, GATE_EATS + last, round + 1, PROPERTY_PROGRESS, STUCK_ALONE);
	trial_philosophers_pick_up(t, self, 0);
	trial_await(t, self, GATE_DOWN + last, round + 1, PROPERTY_PROGRESS, STUCK);
	trial_philosophers_put_down(t, self, 0);
	trial_open(t, self, GATE_DOWN + BETWEEN);
}

/* A fixed number of rounds: all threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct leaving *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		uint64_t seat = (self + t->threads - round % t->threads) % t->threads;
		if (seat == FIRST)
			leave_first(t, self, round);
		else if (seat == BETWEEN)
			eat_between(t, self, round);
		else if (seat == SECOND && has_second(t))
			leave_second(t, self, round);
		trial_await(t, self, GATE_DOWN + BETWEEN, round + 1, PROPERTY_PROGRESS, STUCK_BETWEEN);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_philosophers_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct leaving *d = t->data;
	for (unsigned i = 0; i < t->threads && i < PHILOSOPHERS_MAX; i++)
		trial_expect(t, i, d->made[i] == t->rounds, PROPERTY_PROGRESS, "not every philosopher came to his end");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "leaving",
	.plugin = "philosophers",
	.objects = 1,
	.threads_min = 2,
	.threads_max = PHILOSOPHERS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
