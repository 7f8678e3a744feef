/* counter: every thread adds a secret amount to one number in its even rounds and takes it away in its odd ones. What
 * the number must be in the end follows from how many rounds each thread made. An update that is lost, made twice or
 * not made at all leaves another number: the amounts are 64 random bits.
 *
 * Include one exclusion-….h first. With PROCESSES defined, the threads are processes: the number lies in memory that
 * they share, and whatever goes wrong is held against sharing.
 *
 * With CHALLENGE defined, this workload is itself wrong, whatever the plugin does: who is asked to find fault with it
 * and finds none has not looked. 1: the threads say that they are inside before they are; 2: they write before they
 * are. */
#ifndef COUNTER_H
#define COUNTER_H

#include <time.h>

#include "wear.h"
#include "who.h"

#ifdef PROCESSES
#define COUNTER_NAME "processes"
#define COUNTER_PROPERTY PROPERTY_PROCESS_SHARED
#else
#define COUNTER_NAME "counter"
#define COUNTER_PROPERTY PROPERTY_MUTUAL_EXCLUSION
#endif

struct counter {
	uint64_t value;
	struct {
		uint64_t came;     /* threads that want in for the first time */
		uint64_t held;     /* one is inside, and stays there */
		uint64_t intruded; /* another one has come in meanwhile */
	} worn;                    /* of a trial with wear; whoever looks at it is inside */
	uint64_t made[];           /* per thread: rounds */
};

static size_t counter_data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct counter) + threads * sizeof(uint64_t);
}

static uint64_t counter_start(const struct trial *t)
{
	return trial_random(t, t->threads, 0);
}

static uint64_t counter_amount(const struct trial *t, unsigned self, uint64_t round)
{
	uint64_t amount = trial_random(t, self, round / 2);
	return round % 2 == 0 ? amount : -amount;
}

static void counter_setup(struct trial *t)
{
	struct counter *c = t->data;
	c->value = counter_start(t);
	exclusion_init(t);
}

static void come_and_go(struct trial *t, unsigned self)
{
	exclusion_begin(t, self);
	exclusion_end(t, self);
}

#define LINGER_MS 20u       /* after all have come */
#define LINGER_MOST_MS 500u /* in all */

static bool worn(const struct trial *t)
{
	return WHO_FLAGS == 0 && t->rounds >= WEAR_ROUNDS_MIN;
}

static uint64_t look(const uint64_t *at)
{
	return __atomic_load_n(at, __ATOMIC_RELAXED);
}

/* Whoever is not kept out comes in meanwhile, however few processors there are for them. */
static void linger(const struct trial *t, struct counter *c)
{
	__atomic_store_n(&c->worn.held, 1, __ATOMIC_RELAXED);
	for (unsigned all = 0, together = 0; all < LINGER_MOST_MS && together < LINGER_MS; all++) {
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
		if (look(&c->worn.intruded) != 0)
			break;
		together += look(&c->worn.came) == t->threads;
	}
	__atomic_store_n(&c->worn.held, 0, __ATOMIC_RELAXED);
}

static void is_somebody_here(struct counter *c)
{
	if (look(&c->worn.held) != 0)
		__atomic_store_n(&c->worn.intruded, 1, __ATOMIC_RELAXED);
}

static void counter_thread(struct trial *t, unsigned self)
{
	struct counter *c = t->data;
	if (WHO_FLAGS == 0)
		WEAR(t, self, come_and_go(t, self));
	if (worn(t))
		__atomic_fetch_add(&c->worn.came, 1, __ATOMIC_RELAXED);
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		uint64_t amount = counter_amount(t, self, round);
		trial_request(t, self, 0);
#if CHALLENGE == 1
		trial_enter(t, self, 0);
		exclusion_begin(t, self);
#elif CHALLENGE == 2
		c->value += amount;
		exclusion_begin(t, self);
		trial_enter(t, self, 0);
#else
		exclusion_begin(t, self);
		trial_enter(t, self, 0);
#endif
		if (worn(t) && self == 0 && round == 0)
			linger(t, c);
		else if (worn(t))
			is_somebody_here(c);
		uint64_t before = c->value;
		trial_pause(t, self);
		c->value = before + amount;
		trial_leave(t, self, 0);
		exclusion_end(t, self);
		c->made[self] = round + 1;
	}
}

static void counter_finish(struct trial *t)
{
	exclusion_fini(t);
}

static void counter_verify(struct trial *t)
{
	const struct counter *c = t->data;
	uint64_t expected = counter_start(t), rounds = 0;
	for (unsigned i = 0; i < t->threads; i++) {
		rounds |= c->made[i];
		if (c->made[i] % 2 != 0)
			expected += counter_amount(t, i, c->made[i] - 1);
	}
	trial_expect(t, t->threads, rounds != 0, COUNTER_PROPERTY, "no " WHO " ever came through its critical section");
	trial_expect(t, t->threads, c->worn.intruded == 0, COUNTER_PROPERTY,
		     "a " WHO " came into the critical section while another one was there");
	trial_expect(t, t->threads, c->value == expected, COUNTER_PROPERTY,
		     "the counter has a wrong value in the end: an update was lost because two " WHO_MANY
		     " were in the critical section together");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WHO_FLAGS,
	.name = COUNTER_NAME,
	.plugin = EXCLUSION_PLUGIN,
	.objects = 1,
	.threads_min = 2,
	.data_size = counter_data_size,
	.setup = counter_setup,
	.thread = counter_thread,
	.finish = counter_finish,
	.verify = counter_verify,
};

#endif
