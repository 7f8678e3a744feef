/* wakeup: in each round thread 0 signals once for each of the other threads, and each of them must come through one
 * wait. In even rounds they wait only after all signals were given (signals are remembered), in odd rounds they are
 * there first (every signal wakes one). */
#include <syncgrade/semaphore.h>
#include <syncgrade/workload.h>

enum { GATE_BEGIN, GATE_COMING, GATE_THROUGH }; /* BEGIN: once a round, by thread 0; the others: by each other thread */

struct wakeup {
	uint64_t made; /* rounds of thread 0 */
	/* Per round: whether it is the last. A cell of its own for each, since what the waiters read in one round is
	 * ordered before what thread 0 writes in the next by nothing. */
	uint8_t last[];
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	return sizeof(struct wakeup) + rounds + 1;
}

static void setup(struct trial *t)
{
	trial_semaphore_init(t, 0, 0);
}

static void signal_all(struct trial *t, unsigned self)
{
	struct wakeup *w = t->data;
	uint64_t others = t->threads - 1;
	for (uint64_t round = 0; round <= t->rounds; round++) {
		bool signals_first = round % 2 == 0, last = !trial_more(t, self, round);
		w->last[round] = last;
		if (!signals_first) {
			trial_open(t, self, GATE_BEGIN);
			trial_await(t, self, GATE_COMING, (round + 1) / 2 * others, PROPERTY_LOST_WAKEUP,
				    "a thread did not come back from wait()");
			trial_pause(t, self);
		}
		for (uint64_t i = 0; i < others; i++)
			trial_semaphore_signal(t, self, 0);
		if (signals_first)
			trial_open(t, self, GATE_BEGIN);
		trial_await(t, self, GATE_THROUGH, (round + 1) * others, PROPERTY_LOST_WAKEUP,
			    signals_first
				? "signals enough were given before anybody waited, and yet a thread still waits"
				: "there were as many signals as waiting threads, and yet one still waits");
		w->made = round + 1;
		if (last)
			return;
	}
}

static void wait_all(struct trial *t, unsigned self)
{
	const struct wakeup *w = t->data;
	for (uint64_t round = 0; round <= t->rounds; round++) {
		trial_await(t, self, GATE_BEGIN, round + 1, PROPERTY_LOST_WAKEUP,
			    "there were as many signals as waiting threads, and yet one still waits");
		if (round % 2 != 0)
			trial_open(t, self, GATE_COMING);
		trial_semaphore_wait(t, self, 0);
		bool last = w->last[round] != 0;
		trial_open(t, self, GATE_THROUGH);
		if (last)
			return;
	}
}

static void thread(struct trial *t, unsigned self)
{
	if (self == 0)
		signal_all(t, self);
	else
		wait_all(t, self);
}

static void finish(struct trial *t)
{
	trial_semaphore_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct wakeup *w = t->data;
	trial_expect(t, t->threads, w->made != 0 && w->made <= t->rounds + 1, PROPERTY_LOST_WAKEUP,
		     "not every thread came through its waits");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "wakeup",
	.plugin = "semaphore",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
