/* independence: two locks of the same kind. While one thread holds the first, another must get through the second; a
 * thread that holds both gives them back in either order; a lock that was destroyed can be made again. Where there are
 * three threads or more, the last one looks on, so that the others are seen to be stuck here and not just somewhere. */
#include <syncgrade/lock.h>
#include <syncgrade/workload.h>

#include "harness/again.h"

enum { A, B };
enum { GATE_HELD, GATE_PASSED = 2, GATE_NESTED = 4 }; /* HELD, PASSED: one for each of the two turns */

struct independence {
	uint64_t passed[LOCK_THREADS_MAX]; /* turns in which the thread got its lock */
	uint64_t nested[LOCK_THREADS_MAX]; /* rounds with both locks held */
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
	trial_lock_init(t, A);
	trial_lock_init(t, B);
	for (struct again again = { 0 }; make_again(t, &again);) {
		trial_lock_destroy(t, A);
		trial_lock_init(t, A);
	}
}

static void hold(struct trial *t, unsigned self, unsigned lock, unsigned turn)
{
	trial_acquire(t, self, lock);
	trial_open(t, self, GATE_HELD + turn);
	trial_await(t, self, GATE_PASSED + turn, 1, PROPERTY_INDEPENDENCE,
		    "while one thread held a lock, another could not get through a different lock");
	trial_release(t, self, lock);
}

static void pass(struct trial *t, unsigned self, unsigned lock, unsigned turn)
{
	trial_await(t, self, GATE_HELD + turn, 1, PROPERTY_INDEPENDENCE,
		    "a thread could not get a lock that nobody held");
	/* Once, then twice: the locks have been through differently many hands by the time that threads hold both. */
	for (unsigned i = 0; i <= turn; i++) {
		trial_acquire(t, self, lock);
		trial_release(t, self, lock);
	}
	trial_open(t, self, GATE_PASSED + turn);
}

static void nest(struct trial *t, unsigned self, uint64_t round)
{
	trial_acquire(t, self, A);
	trial_acquire(t, self, B);
	trial_pause(t, self);
	trial_release(t, self, round % 2 == 0 ? A : B);
	trial_release(t, self, round % 2 == 0 ? B : A);
}

/* How many threads take both locks. */
static unsigned nesting(const struct trial *t)
{
	return t->threads > 2 ? t->threads - 1 : t->threads;
}

static void thread(struct trial *t, unsigned self)
{
	struct independence *d = t->data;
	for (unsigned turn = 0; turn < 2 && self < 2; turn++) {
		if (self == turn)
			hold(t, self, turn == 0 ? A : B, turn);
		else
			pass(t, self, turn == 0 ? B : A, turn);
		d->passed[self] = turn + 1;
	}
	trial_await(t, self, GATE_PASSED + 1, 1, PROPERTY_INDEPENDENCE,
		    "while one thread held a lock, another could not get through a different lock");
	for (uint64_t round = 0; self < nesting(t) && trial_more(t, self, round); round++) {
		nest(t, self, round);
		d->nested[self] = round + 1;
	}
	trial_open(t, self, GATE_NESTED);
	if (self >= nesting(t))
		trial_await(
		    t, self, GATE_NESTED, t->threads, PROPERTY_INDEPENDENCE,
		    "threads that take two locks, always in the same order, do not get them or cannot give them "
		    "back");
}

static void finish(struct trial *t)
{
	trial_lock_destroy(t, A);
	trial_lock_init(t, A);
	trial_lock_destroy(t, B);
	trial_lock_destroy(t, A);
}

static void verify(struct trial *t)
{
	const struct independence *d = t->data;
	trial_expect(t, t->threads, d->passed[0] == 2 && d->passed[1] == 2, PROPERTY_INDEPENDENCE,
		     "while one thread held a lock, another could not get through a different lock");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "independence",
	.plugin = "lock",
	.objects = 2,
	.threads_min = 2,
	.threads_max = LOCK_THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
