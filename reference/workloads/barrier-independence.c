/* independence: two barriers, one for all threads and one for all but the last. While the last waits at the first, the
 * others meet at the second, and only then come to the first. A barrier for one thread lets it through; a barrier that
 * was destroyed can be made again. */
#include <syncgrade/barrier.h>
#include <syncgrade/workload.h>

enum { ALL, OTHERS };
enum { GATE_ARRIVING, GATE_MET }; /* opened in each round: by the last thread, by each of the others */

struct independence {
	/* Rounds in which the thread came through OTHERS. Written before ALL, and read after it, by the last thread. */
	uint64_t met[2][BARRIER_THREADS_MAX]; /* in even and odd rounds: the next may have begun while it is read */
	uint64_t made[BARRIER_THREADS_MAX];   /* rounds; written by its thread alone */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct independence);
}

/* Making ALL again while OTHERS exists: a plugin that keeps its state in a static variable forgets one of them. */
static void setup(struct trial *t)
{
	trial_barrier_init(t, ALL, t->threads);
	trial_barrier_init(t, OTHERS, t->threads - 1);
	trial_barrier_destroy(t, ALL);
	trial_barrier_init(t, ALL, t->threads);
}

static void meet(struct trial *t, unsigned self, uint64_t round)
{
	struct independence *d = t->data;
	trial_await(t, self, GATE_ARRIVING, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread waits at a barrier that all have passed");
	trial_barrier_wait(t, self, OTHERS);
	d->met[round % 2][self] = round + 1;
	trial_open(t, self, GATE_MET);
	trial_await(
	    t, self, GATE_MET, (round + 1) * (t->threads - 1), PROPERTY_INDEPENDENCE,
	    "all threads of one barrier have arrived, but not all came through, while another thread waits at a "
	    "different barrier");
}

static void expect_all_met(struct trial *t, unsigned self, uint64_t round)
{
	const struct independence *d = t->data;
	for (unsigned i = 0; i < t->threads - 1; i++)
		trial_expect(t, self, d->met[round % 2][i] == round + 1, PROPERTY_INDEPENDENCE,
			     "a barrier let a thread through because others had arrived at a different barrier");
}

static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		if (self == t->threads - 1)
			trial_open(t, self, GATE_ARRIVING);
		else
			meet(t, self, round);
		trial_barrier_wait(t, self, ALL);
		if (self == t->threads - 1)
			expect_all_met(t, self, round);
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_barrier_destroy(t, ALL);
	trial_barrier_init(t, ALL, t->threads);
	trial_barrier_destroy(t, OTHERS);
	trial_barrier_destroy(t, ALL);
}

static void verify(struct trial *t)
{
	const struct independence *d = t->data;
	for (unsigned i = 0; i < t->threads && i < BARRIER_THREADS_MAX; i++)
		trial_expect(t, i, d->made[i] > 0 && d->made[i] == d->made[0], PROPERTY_INDEPENDENCE,
			     "the threads of two barriers did not all come through");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "barrier",
	.flags = WORKLOAD_TOGETHER,
	.objects = 2,
	.threads_min = 2,
	.threads_max = BARRIER_THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
