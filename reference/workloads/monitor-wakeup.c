/* wakeup: in each round all threads but thread 0 wait in the monitor, and thread 0 wakes them. Three kinds of rounds
 * take turns: each waits for a condition of its own (more threads than there are conditions share them), and a signal
 * must wake a waiter of that condition; all wait for the same, and as many signals must wake all; all wait for the
 * same, and one broadcast must wake all. */
#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

#include "harness/until.h"

#define WAITERS_MAX 31u

enum { GATE_BEGIN, GATE_WAITING, GATE_THROUGH };
enum { OWN_CONDITION, SAME_CONDITION, BROADCAST, KINDS };

struct wakeup {
	uint64_t made;                /* rounds of thread 0 */
	uint32_t over;                /* this round is the last */
	uint32_t go[WAITERS_MAX + 1]; /* per thread: the round up to which it may go on, counted from 1 */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct wakeup);
}

static unsigned kind(uint64_t round)
{
	return (unsigned)(round % KINDS);
}

static unsigned condition(uint64_t round, unsigned thread)
{
	return kind(round) == OWN_CONDITION ? thread % MONITOR_CONDITIONS : 0;
}

static void setup(struct trial *t)
{
	trial_monitor_init(t, 0);
}

/* One condition after the other, that of the last waiter first: a plugin that wakes somebody, whatever the condition,
 * wakes the wrong one. */
static void signal_each(struct trial *t, unsigned self, uint64_t round, bool last)
{
	struct wakeup *w = t->data;
	uint64_t signalled = round * (t->threads - 1);
	for (unsigned first = t->threads <= MONITOR_CONDITIONS ? t->threads - 1 : MONITOR_CONDITIONS; first > 0;
	     first--) {
		trial_monitor_enter(t, self, 0);
		w->over = last;
		for (unsigned i = first; i < t->threads; i += MONITOR_CONDITIONS)
			w->go[i] = (uint32_t)round + 1;
		for (unsigned i = first; i < t->threads; i += MONITOR_CONDITIONS, signalled++)
			trial_monitor_signal(t, self, 0, condition(round, i));
		trial_monitor_exit(t, self, 0);
		trial_await(t, self, GATE_THROUGH, signalled, PROPERTY_LOST_WAKEUP,
			    "a signal did not wake the thread that waited for its condition");
	}
}

/* Which of the waiters a signal wakes is the plugin's choice, so all may go on before the first of them is woken. */
static void signal_same(struct trial *t, unsigned self, uint64_t round, bool last)
{
	struct wakeup *w = t->data;
	bool broadcast = kind(round) == BROADCAST;
	trial_monitor_enter(t, self, 0);
	w->over = last;
	for (unsigned i = 1; i < t->threads; i++)
		w->go[i] = (uint32_t)round + 1;
	for (unsigned i = 1; !broadcast && i < t->threads; i++)
		trial_monitor_signal(t, self, 0, 0);
	if (broadcast)
		trial_monitor_broadcast(t, self, 0, 0);
	trial_monitor_exit(t, self, 0);
	trial_await(t, self, GATE_THROUGH, (round + 1) * (t->threads - 1), PROPERTY_LOST_WAKEUP,
		    broadcast ? "a broadcast left a thread waiting"
			      : "there were as many signals as threads that waited, and yet one still waits");
}

static void wake(struct trial *t, unsigned self)
{
	struct wakeup *w = t->data;
	bool last = false;
	for (uint64_t round = 0; round <= t->rounds && !last; round++) {
		trial_open(t, self, GATE_BEGIN);
		trial_await(t, self, GATE_WAITING, (round + 1) * (t->threads - 1), PROPERTY_LOST_WAKEUP,
			    "a thread could not enter the monitor while others waited in it");
		last = !trial_more(t, self, round);
		if (kind(round) == OWN_CONDITION)
			signal_each(t, self, round, last);
		else
			signal_same(t, self, round, last);
		w->made = round + 1;
	}
}

static void be_woken(struct trial *t, unsigned self)
{
	const struct wakeup *w = t->data;
	uint64_t left = patience(t);
	uint32_t over = 0;
	for (uint64_t round = 0; round <= t->rounds && over == 0; round++) {
		trial_await(t, self, GATE_BEGIN, round + 1, PROPERTY_LOST_WAKEUP,
			    "a thread that waited in the monitor was never woken");
		trial_monitor_enter(t, self, 0);
		/* Opened inside: once thread 0 is inside after it, this thread has begun to wait. */
		trial_open(t, self, GATE_WAITING);
		UNTIL(t, self, &left, condition(round, self), PROPERTY_LOST_WAKEUP, w->go[self] == (uint32_t)round + 1);
		over = w->over;
		trial_monitor_exit(t, self, 0);
		trial_open(t, self, GATE_THROUGH);
	}
}

static void thread(struct trial *t, unsigned self)
{
	if (self == 0)
		wake(t, self);
	else
		be_woken(t, self);
}

static void finish(struct trial *t)
{
	trial_monitor_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct wakeup *w = t->data;
	trial_expect(t, t->threads, w->made != 0 && w->made <= t->rounds + 1 && w->over == 1, PROPERTY_LOST_WAKEUP,
		     "not every thread that waited was woken");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "wakeup",
	.plugin = "monitor",
	.objects = 1,
	.threads_min = 2,
	.threads_max = WAITERS_MAX + 1,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
