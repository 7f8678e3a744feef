/* ordering: a semaphore that begins at 0 makes the writer come before the reader. In each round thread 0 writes one or
 * two numbers, with a signal after each, and thread 1 waits before it reads each: k signals let exactly k through. A
 * second semaphore brings the answer back. */
#ifndef ORDERING_SEMAPHORE_H
#define ORDERING_SEMAPHORE_H

#include <syncgrade/semaphore.h>
#include <syncgrade/workload.h>

#include "who.h"

#define CELLS 2u

enum { WRITTEN, ANSWERED };

struct ordering {
	uint64_t cell[CELLS]; /* what thread 0 hands over */
	uint64_t answer;      /* what thread 1 gives back: their sum */
	uint64_t over;        /* thread 0 has made its last round */
	uint64_t rounds_written, rounds_read;
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct ordering);
}

static unsigned cells(uint64_t round)
{
	return round % 2 == 0 ? CELLS : 1;
}

static uint64_t secret(const struct trial *t, uint64_t round, unsigned i)
{
	return trial_random(t, 0, round * CELLS + i);
}

static uint64_t secrets(const struct trial *t, uint64_t round)
{
	uint64_t all = 0;
	for (unsigned i = 0; i < cells(round); i++)
		all += secret(t, round, i);
	return all;
}

static void setup(struct trial *t)
{
	trial_semaphore_init(t, WRITTEN, 0);
	trial_semaphore_init(t, ANSWERED, 0);
}

static void write(struct trial *t, unsigned self)
{
	struct ordering *o = t->data;
	uint64_t round = 0;
	for (; trial_more(t, self, round); round++) {
		for (unsigned i = 0; i < cells(round); i++) {
			trial_pause(t, self);
			o->cell[i] = secret(t, round, i);
			trial_semaphore_signal(t, self, WRITTEN);
		}
		trial_semaphore_wait(t, self, ANSWERED);
		trial_expect(t, self, o->answer == secrets(t, round), PROPERTY_ORDERING,
			     "wait() returned before the other " WHO " had signalled");
		o->rounds_written = round + 1;
	}
	o->over = 1;
	trial_semaphore_signal(t, self, WRITTEN);
}

/* Whether there was a round to read. */
static bool read_round(struct trial *t, unsigned self, uint64_t round)
{
	struct ordering *o = t->data;
	uint64_t sum = 0;
	for (unsigned i = 0; i < cells(round); i++) {
		trial_semaphore_wait(t, self, WRITTEN);
		if (o->over != 0)
			return false;
		uint64_t found = o->cell[i];
		trial_expect(t, self, found == secret(t, round, i), PROPERTY_ORDERING,
			     "more " WHO_MANY
			     " came through wait than signals had been given: the reader was there before "
			     "the writer");
		sum += found;
	}
	trial_pause(t, self);
	o->answer = sum;
	o->rounds_read = round + 1;
	trial_semaphore_signal(t, self, ANSWERED);
	return true;
}

static void thread(struct trial *t, unsigned self)
{
	if (self == 0) {
		write(t, self);
		return;
	}
	for (uint64_t round = 0; round <= t->rounds && read_round(t, self, round);)
		round++;
}

static void finish(struct trial *t)
{
	trial_semaphore_destroy(t, WRITTEN);
	trial_semaphore_destroy(t, ANSWERED);
}

static void verify(struct trial *t)
{
	const struct ordering *o = t->data;
	uint64_t rounds = o->rounds_written;
	trial_expect(t, t->threads, rounds != 0 && rounds <= t->rounds && o->over == 1, PROPERTY_ORDERING,
		     "the writer did not come to its end");
	trial_expect(t, t->threads, o->rounds_read == rounds && o->answer == secrets(t, rounds - 1), PROPERTY_ORDERING,
		     "the reader did not read everything that was written");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WHO_FLAGS,
	.name = WHO_NAME("ordering"),
	.plugin = "semaphore",
	.objects = 2,
	.threads_min = 2,
	.threads_max = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};

#endif
