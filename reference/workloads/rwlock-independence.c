/* independence: two locks of the same kind. While one thread holds the first, for writing or for reading, another must
 * get through the second; a thread that holds both gives them back in either order; a lock that was destroyed can be
 * made again. */
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

#include "harness/again.h"

enum { A, B };
enum { GATE_HELD, GATE_PASSED = 2 }; /* one of each for each of the two turns */

struct independence {
	uint64_t passed[RWLOCK_THREADS_MAX]; /* turns in which the thread got its lock */
	uint64_t nested[RWLOCK_THREADS_MAX]; /* rounds with both locks held */
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
	trial_rwlock_init(t, A);
	trial_rwlock_init(t, B);
	for (struct again again = { 0 }; make_again(t, &again);) {
		trial_rwlock_destroy(t, A);
		trial_rwlock_init(t, A);
	}
}

static void await_pass(struct trial *t, unsigned self, unsigned turn)
{
	trial_open(t, self, GATE_HELD + turn);
	trial_await(t, self, GATE_PASSED + turn, 1, PROPERTY_INDEPENDENCE,
		    "while one thread held a lock, another could not get through a different lock");
}

static void hold(struct trial *t, unsigned self, unsigned lock, unsigned turn)
{
	if (turn == 0) {
		trial_rwlock_acquire_write(t, self, lock);
		await_pass(t, self, turn);
		trial_rwlock_release_write(t, self, lock);
	} else {
		trial_rwlock_acquire_read(t, self, lock);
		await_pass(t, self, turn);
		trial_rwlock_release_read(t, self, lock);
	}
}

static void pass(struct trial *t, unsigned self, unsigned lock, unsigned turn)
{
	trial_await(t, self, GATE_HELD + turn, 1, PROPERTY_INDEPENDENCE,
		    "a thread could not get a lock that nobody held");
	trial_rwlock_acquire_write(t, self, lock);
	trial_rwlock_release_write(t, self, lock);
	trial_rwlock_acquire_read(t, self, lock);
	trial_rwlock_release_read(t, self, lock);
	trial_open(t, self, GATE_PASSED + turn);
}

/* A before B, always: who takes them in different orders has made the deadlock himself. */
static void nest(struct trial *t, unsigned self, uint64_t round)
{
	trial_rwlock_acquire_read(t, self, A);
	trial_rwlock_acquire_write(t, self, B);
	trial_pause(t, self);
	if (round % 2 == 0)
		trial_rwlock_release_read(t, self, A);
	trial_rwlock_release_write(t, self, B);
	if (round % 2 != 0)
		trial_rwlock_release_read(t, self, A);
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
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		nest(t, self, round);
		d->nested[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, A);
	trial_rwlock_init(t, A);
	trial_rwlock_destroy(t, B);
	trial_rwlock_destroy(t, A);
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
	.plugin = "rwlock",
	.objects = 2,
	.threads_min = 2,
	.threads_max = RWLOCK_THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
