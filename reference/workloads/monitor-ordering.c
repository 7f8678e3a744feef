/* ordering: what wait and signal promise about who is inside when. In each round thread 1 waits and thread 0 signals
 * it, while all other threads come and go. wait gives the monitor up, and has it again when it returns; a signal with
 * nobody waiting is not remembered; under Hoare the waiter runs at once, and the signaller before newcomers. */
#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

#include "harness/until.h"

#define CONDITION 1u
/* Under Mesa a wait may return without a signal, so one that returns too early proves nothing. This many do, if none
 * did in as many rounds without a stray signal before. The explorer switches spurious wake-ups off, and makes so few
 * rounds that one is enough. */
#define EARLY_ENOUGH 8u
#define ROUNDS_WITHOUT 16u

enum { GATE_BEGIN, GATE_WAITING, GATE_THROUGH };

struct ordering {
	uint64_t updates; /* made inside the monitor, by all */
	uint64_t newcomers, newcomers_at_signal;
	uint64_t signalled, resumed; /* the last round in which thread 0 signalled, thread 1 came back; from 1 */
	uint64_t over;
	uint64_t early[2]; /* waits that returned before the signal: without a stray signal before, and with one */
	uint64_t made[];   /* per thread: updates */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct ordering) + threads * sizeof(uint64_t);
}

/* The newcomers make all rounds, of which there are many for real threads; the other two go in lockstep. */
static uint64_t signal_rounds(const struct trial *t)
{
	return t->rounds < 16 ? t->rounds : 16 + (t->rounds - 16) / 16;
}

/* Whether a signal is given in this round before anybody waits. */
static bool stray(const struct trial *t, uint64_t round)
{
	uint64_t half = signal_rounds(t) / 2;
	return round >= (half < ROUNDS_WITHOUT ? half : ROUNDS_WITHOUT);
}

static void setup(struct trial *t)
{
	trial_monitor_init(t, 0);
}

/* Inside the monitor. */
static void update(struct trial *t, unsigned self)
{
	struct ordering *o = t->data;
	uint64_t before = o->updates;
	trial_pause(t, self);
	o->updates = before + 1;
	o->made[self]++;
}

static void signal_waiter(struct trial *t, unsigned self, uint64_t round)
{
	struct ordering *o = t->data;
	trial_monitor_enter(t, self, 0);
	o->signalled = round + 1;
	uint64_t newcomers = o->newcomers_at_signal = o->newcomers;
	trial_monitor_signal(t, self, 0, CONDITION);
	if (trial_monitor_hoare(t)) {
		trial_expect(t, self, o->resumed == round + 1, PROPERTY_ORDERING,
			     "signal() returned before the signalled thread had run, against Hoare's signalling");
		trial_expect(t, self, o->newcomers == newcomers, PROPERTY_ORDERING,
			     "a newcomer entered before the signaller ran again, against Hoare's signalling");
	}
	update(t, self);
	trial_monitor_exit(t, self, 0);
}

static void signaller(struct trial *t, unsigned self)
{
	struct ordering *o = t->data;
	uint64_t round = 0;
	for (; round < signal_rounds(t) && trial_more(t, self, round); round++) {
		if (stray(t, round)) {
			trial_monitor_enter(t, self, 0);
			trial_monitor_signal(t, self, 0, CONDITION);
			trial_monitor_exit(t, self, 0);
		}
		trial_open(t, self, GATE_BEGIN);
		trial_await(t, self, GATE_WAITING, round + 1, PROPERTY_ORDERING,
			    "a thread that wanted to wait could not enter the monitor");
		/* Time for a remembered signal to show. */
		for (unsigned i = 0; i < 8; i++)
			trial_pause(t, self);
		signal_waiter(t, self, round);
		trial_await(t, self, GATE_THROUGH, round + 1, PROPERTY_ORDERING,
			    "a thread that was signalled never came back from wait");
	}
	trial_monitor_enter(t, self, 0);
	o->over = 1;
	trial_monitor_exit(t, self, 0);
	trial_open(t, self, GATE_BEGIN);
}

/* Inside the monitor. */
static void wait_for_signal(struct trial *t, unsigned self, uint64_t *patience, uint64_t round)
{
	struct ordering *o = t->data;
	trial_monitor_wait(t, self, 0, CONDITION);
	if (o->signalled != round + 1) {
		o->early[stray(t, round)]++;
		trial_expect(t, self, !trial_monitor_hoare(t), PROPERTY_ORDERING,
			     "wait() returned although nobody had signalled since it was called");
	}
	UNTIL(t, self, patience, CONDITION, PROPERTY_ORDERING, o->signalled == round + 1);
	trial_expect(t, self, !trial_monitor_hoare(t) || o->newcomers == o->newcomers_at_signal, PROPERTY_ORDERING,
		     "a newcomer entered between the signal and the signalled thread, against Hoare's signalling");
}

static void waiter(struct trial *t, unsigned self)
{
	struct ordering *o = t->data;
	uint64_t left = patience(t);
	for (uint64_t round = 0; round <= signal_rounds(t); round++) {
		trial_await(t, self, GATE_BEGIN, round + 1, PROPERTY_ORDERING,
			    "a thread that was inside the monitor did not come out");
		trial_monitor_enter(t, self, 0);
		bool over = o->over != 0;
		if (!over) {
			/* Opened inside: once thread 0 is inside after it, this thread has begun to wait. */
			trial_open(t, self, GATE_WAITING);
			wait_for_signal(t, self, &left, round);
			o->resumed = round + 1;
			update(t, self);
		}
		trial_monitor_exit(t, self, 0);
		if (over)
			return;
		trial_open(t, self, GATE_THROUGH);
	}
}

static void newcomer(struct trial *t, unsigned self)
{
	struct ordering *o = t->data;
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		trial_monitor_enter(t, self, 0);
		o->newcomers++;
		update(t, self);
		trial_monitor_exit(t, self, 0);
	}
}

static void thread(struct trial *t, unsigned self)
{
	if (self == 0)
		signaller(t, self);
	else if (self == 1)
		waiter(t, self);
	else
		newcomer(t, self);
}

static void finish(struct trial *t)
{
	trial_monitor_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct ordering *o = t->data;
	uint64_t updates = 0, few = t->rounds < EARLY_ENOUGH ? 1 : EARLY_ENOUGH;
	for (unsigned i = 0; i < t->threads; i++)
		updates += o->made[i];
	trial_expect(t, t->threads, o->made[0] != 0 && o->made[0] == o->made[1] && o->over == 1, PROPERTY_ORDERING,
		     "the waiting thread and the signalling thread did not come to their end");
	trial_expect(
	    t, t->threads, o->updates == updates, PROPERTY_ORDERING,
	    "two threads were inside the monitor together: wait() or signal() returned without having it again");
	trial_expect(
	    t, t->threads, few > o->early[true] || o->early[false] != 0, PROPERTY_ORDERING,
	    "a signal that was given while nobody waited was remembered: a later wait() returned because of it");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_NO_SPURIOUS,
	.name = "ordering",
	.plugin = "monitor",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
