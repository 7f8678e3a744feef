/* independence: two monitors. While one thread is inside the first, another must get in and out of the second; while
 * one waits for a condition of the first, a signal to the same condition of the second is not its own, and one to the
 * first is; where a thread waits in each, and a third one signals in both, both are woken; a monitor that was destroyed
 * can be made again. Two threads change places in each round, a third signals in the end. */
#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

#include "harness/again.h"
#include "harness/until.h"

enum { A, B };
enum { GATE_HELD, GATE_PASSED, GATE_OVER, GATE_EACH }; /* each opened once in each round; EACH + 0, 1: in the end */

#define CONDITION 2u

struct independence {
	uint64_t signalled; /* protected by A: the round in which the waiter may go on, from 1 */
	uint64_t in_b;      /* protected by B: how often a thread was there */
	uint64_t go[2];     /* protected by A, by B: who waits there may go on */
	uint64_t made[2];   /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct independence);
}

/* Making A again while B exists: a plugin that keeps its state in a static variable forgets one of them. */
static void setup(struct trial *t)
{
	trial_monitor_init(t, A);
	trial_monitor_init(t, B);
	for (struct again again = { 0 }; make_again(t, &again);) {
		trial_monitor_destroy(t, A);
		trial_monitor_init(t, A);
	}
}

static void hold(struct trial *t, unsigned self, uint64_t *patience, uint64_t round)
{
	struct independence *d = t->data;
	trial_monitor_enter(t, self, A);
	trial_open(t, self, GATE_HELD);
	trial_await(t, self, GATE_PASSED, round + 1, PROPERTY_INDEPENDENCE,
		    "while one thread was inside a monitor, another could not get in and out of a different one");
	UNTIL(t, self, patience, CONDITION, PROPERTY_INDEPENDENCE, d->signalled == round + 1);
	trial_monitor_exit(t, self, A);
	/* And then the other one, as its neighbour did. */
	trial_monitor_enter(t, self, B);
	d->in_b++;
	trial_monitor_exit(t, self, B);
	trial_open(t, self, GATE_OVER);
}

static void pass(struct trial *t, unsigned self, uint64_t round)
{
	struct independence *d = t->data;
	trial_await(t, self, GATE_HELD, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread could not enter a monitor that nobody was in");
	trial_monitor_enter(t, self, B);
	d->in_b++;
	trial_monitor_signal(t, self, B, CONDITION);
	trial_monitor_exit(t, self, B);
	trial_open(t, self, GATE_PASSED);
	trial_monitor_enter(t, self, A);
	d->signalled = round + 1;
	trial_monitor_signal(t, self, A, CONDITION);
	trial_monitor_exit(t, self, A);
	trial_await(t, self, GATE_OVER, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread that waited in one monitor was not woken, while another monitor was used");
}

#define ASLEEP "a thread waits in each of two monitors; both were signalled, and yet one still waits"

static void wait_in_own(struct trial *t, unsigned self, uint64_t *patience)
{
	const struct independence *d = t->data;
	trial_monitor_enter(t, self, self);
	UNTIL_IN(t, self, self, patience, CONDITION, PROPERTY_INDEPENDENCE, d->go[self] != 0);
	trial_monitor_exit(t, self, self);
	trial_open(t, self, GATE_EACH + self);
}

static void signal_both(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	trial_await(t, self, GATE_OVER, t->rounds, PROPERTY_INDEPENDENCE,
		    "a thread that waited in one monitor was not woken, while another monitor was used");
	for (unsigned monitor = A; monitor <= B; monitor++) {
		trial_monitor_enter(t, self, monitor);
		d->go[monitor] = 1;
		trial_monitor_signal(t, self, monitor, CONDITION);
		trial_monitor_exit(t, self, monitor);
	}
	trial_await(t, self, GATE_EACH + A, 1, PROPERTY_INDEPENDENCE, ASLEEP);
	trial_await(t, self, GATE_EACH + B, 1, PROPERTY_INDEPENDENCE, ASLEEP);
}

/* A fixed number of rounds: both threads have to make the same. */
static void take_turns(struct trial *t, unsigned self, uint64_t *left)
{
	struct independence *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (self == round % 2)
			hold(t, self, left, round);
		else
			pass(t, self, round);
		d->made[self] = round + 1;
	}
}

static void thread(struct trial *t, unsigned self)
{
	uint64_t left = patience(t);
	if (self < 2)
		take_turns(t, self, &left);
	if (self < 2 && t->threads > 2)
		wait_in_own(t, self, &left);
	else if (self == 2)
		signal_both(t, self);
}

static void finish(struct trial *t)
{
	trial_monitor_destroy(t, A);
	trial_monitor_init(t, A);
	trial_monitor_destroy(t, B);
	trial_monitor_destroy(t, A);
}

static void verify(struct trial *t)
{
	const struct independence *d = t->data;
	trial_expect(t, t->threads, d->made[0] == t->rounds && d->made[1] == t->rounds, PROPERTY_INDEPENDENCE,
		     "two threads with two monitors did not come to their end");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "monitor",
	.objects = 2,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
