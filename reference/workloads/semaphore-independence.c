/* independence: two semaphores. While one has no permit, another must let threads through; a signal to one lets nobody
 * through the other; where a thread waits at each, and a third one signals both, both come through; a semaphore that
 * was destroyed can be made again. Two threads change places in each round, a third signals in the end. */
#include <stdatomic.h>
#include <syncgrade/semaphore.h>
#include <syncgrade/workload.h>

#include "harness/again.h"

enum { A, B };                                          /* A begins with one permit, B with none */
enum { GATE_TAKEN, GATE_PASSED, GATE_OVER, GATE_EACH }; /* each opened once in each round; EACH + 0, 1: in the end */

struct independence {
	/* Relaxed: it orders nothing, and the semaphore has to. */
	_Atomic uint64_t signalled; /* the round in which B was signalled for the thread that waits, from 1 */
	uint64_t made[2];           /* rounds */
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
	trial_semaphore_init(t, A, 7);
	trial_semaphore_init(t, B, 0);
	for (struct again again = { 0 }; make_again(t, &again);) {
		trial_semaphore_destroy(t, A);
		trial_semaphore_init(t, A, 1);
	}
}

/* Takes A's permit, and then waits at B. */
static void wait_there(struct trial *t, unsigned self, uint64_t round)
{
	struct independence *d = t->data;
	trial_semaphore_wait(t, self, A);
	trial_open(t, self, GATE_TAKEN);
	trial_await(t, self, GATE_PASSED, round + 1, PROPERTY_INDEPENDENCE,
		    "while one semaphore had no permit, a thread could not get through a different one that had");
	trial_semaphore_wait(t, self, B);
	trial_expect(t, self, atomic_load_explicit(&d->signalled, memory_order_relaxed) == round + 1,
		     PROPERTY_INDEPENDENCE, "a thread came through one of two semaphores although it had no permit");
	trial_open(t, self, GATE_OVER);
}

/* Comes through B with a permit of its own, gives A's back and takes it, and then lets the other through B. */
static void pass(struct trial *t, unsigned self, uint64_t round)
{
	struct independence *d = t->data;
	trial_await(t, self, GATE_TAKEN, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread could not take the permit of a semaphore while another one had none");
	trial_semaphore_signal(t, self, B);
	trial_semaphore_wait(t, self, B);
	trial_open(t, self, GATE_PASSED);
	trial_semaphore_signal(t, self, A);
	trial_semaphore_wait(t, self, A);
	trial_semaphore_signal(t, self, A);
	atomic_store_explicit(&d->signalled, round + 1, memory_order_relaxed);
	trial_semaphore_signal(t, self, B);
	trial_await(t, self, GATE_OVER, round + 1, PROPERTY_INDEPENDENCE,
		    "a thread waits at one semaphore although it was signalled, while another semaphore was used");
}

#define ASLEEP "a thread waits at each of two semaphores; both were signalled, and yet one still waits"

/* A has one permit by now, B none. */
static void wait_at_own(struct trial *t, unsigned self)
{
	if (self == A)
		trial_semaphore_wait(t, self, A);
	trial_semaphore_wait(t, self, self);
	trial_open(t, self, GATE_EACH + self);
}

static void signal_both(struct trial *t, unsigned self)
{
	trial_await(t, self, GATE_OVER, t->rounds, PROPERTY_INDEPENDENCE,
		    "a thread waits at one semaphore although it was signalled, while another semaphore was used");
	trial_semaphore_signal(t, self, A);
	trial_semaphore_signal(t, self, B);
	trial_await(t, self, GATE_EACH + A, 1, PROPERTY_INDEPENDENCE, ASLEEP);
	trial_await(t, self, GATE_EACH + B, 1, PROPERTY_INDEPENDENCE, ASLEEP);
}

/* A fixed number of rounds: both threads have to make the same. */
static void take_turns(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (self == round % 2)
			wait_there(t, self, round);
		else
			pass(t, self, round);
		d->made[self] = round + 1;
	}
}

static void thread(struct trial *t, unsigned self)
{
	if (self < 2)
		take_turns(t, self);
	if (self < 2 && t->threads > 2)
		wait_at_own(t, self);
	else if (self == 2)
		signal_both(t, self);
}

static void finish(struct trial *t)
{
	trial_semaphore_destroy(t, A);
	trial_semaphore_init(t, A, 0);
	trial_semaphore_destroy(t, B);
	trial_semaphore_destroy(t, A);
}

static void verify(struct trial *t)
{
	const struct independence *d = t->data;
	trial_expect(t, t->threads, d->made[0] == t->rounds && d->made[1] == t->rounds, PROPERTY_INDEPENDENCE,
		     "two threads with two semaphores did not come to their end");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "semaphore",
	.objects = 2,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
