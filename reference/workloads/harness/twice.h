/* A number that is kept twice: writers change both, readers compare them. (Courtois, Heymans, Parnas 1971.) Define
 * TWICE_NAME, and TWICE_WRITES(self, round): whether the thread writes in this round, or reads. CHALLENGE as in
 * counter.h. */
#ifndef TWICE_H
#define TWICE_H

#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

#include "wear.h"

struct readers_writers {
	uint64_t value, again; /* protected by the lock: the same, whenever nobody writes */
	struct {
		uint64_t wrote, read;
		uint64_t torn; /* not 0: has read two numbers that differ. Told in the end: where they race, what a
				  thread does next must not depend on them. */
	} of[];                /* written by its thread alone */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct readers_writers) + threads * 3 * sizeof(uint64_t);
}

static uint64_t start(const struct trial *t)
{
	return trial_random(t, t->threads, 0);
}

static void setup(struct trial *t)
{
	struct readers_writers *d = t->data;
	d->value = d->again = start(t);
	trial_rwlock_init(t, 0);
}

static void write_once(struct trial *t, unsigned self)
{
	struct readers_writers *d = t->data;
	uint64_t amount = trial_random(t, self, d->of[self].wrote);
#if CHALLENGE == 1
	trial_enter(t, self, 0);
	trial_rwlock_acquire_write(t, self, 0);
#elif CHALLENGE == 2
	d->again = amount;
	trial_rwlock_acquire_write(t, self, 0);
	trial_enter(t, self, 0);
#else
	trial_rwlock_acquire_write(t, self, 0);
	trial_enter(t, self, 0);
#endif
	d->value += amount;
	trial_pause(t, self);
	d->again += amount;
	trial_leave(t, self, 0);
	trial_rwlock_release_write(t, self, 0);
	d->of[self].wrote++;
}

static void read_once(struct trial *t, unsigned self)
{
	struct readers_writers *d = t->data;
#if CHALLENGE == 1
	trial_enter_shared(t, self, 0);
	trial_rwlock_acquire_read(t, self, 0);
#elif CHALLENGE == 2
	d->again = 0;
	trial_rwlock_acquire_read(t, self, 0);
	trial_enter_shared(t, self, 0);
#else
	trial_rwlock_acquire_read(t, self, 0);
	trial_enter_shared(t, self, 0);
#endif
	uint64_t value = d->value;
	trial_pause(t, self);
	d->of[self].torn |= value ^ d->again;
	trial_leave(t, self, 0);
	trial_rwlock_release_read(t, self, 0);
	d->of[self].read++;
}

static void come_and_go(struct trial *t, unsigned self)
{
	trial_rwlock_acquire_read(t, self, 0);
	trial_rwlock_release_read(t, self, 0);
	trial_rwlock_acquire_write(t, self, 0);
	trial_rwlock_release_write(t, self, 0);
}

static void thread(struct trial *t, unsigned self)
{
	WEAR(t, self, come_and_go(t, self));
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		if (TWICE_WRITES(self, round))
			write_once(t, self);
		else
			read_once(t, self);
	}
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct readers_writers *d = t->data;
	uint64_t expected = start(t), writes = 0, reads = 0;
	for (unsigned i = 0; i < t->threads; i++) {
		for (uint64_t n = 0; n < d->of[i].wrote && n < t->rounds; n++)
			expected += trial_random(t, i, n);
		writes |= d->of[i].wrote;
		reads |= d->of[i].read;
		trial_expect(t, i, d->of[i].torn == 0, PROPERTY_MUTUAL_EXCLUSION,
			     "a reader saw a half-made change: a writer was inside together with it");
	}
	trial_expect(t, t->threads, writes != 0 && reads != 0, PROPERTY_MUTUAL_EXCLUSION,
		     "no thread ever wrote, or none ever read");
	trial_expect(t, t->threads, d->value == expected && d->again == expected, PROPERTY_MUTUAL_EXCLUSION,
		     "a change was lost: two writers were inside together");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = TWICE_NAME,
	.plugin = "rwlock",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};

#endif
