/* account: transfers among a few balances. Each transfer and each audit is one critical section; an audit must find all
 * the money there. */
#include <syncgrade/lock.h>
#include <syncgrade/workload.h>

#define BALANCES 3u

struct accounts {
	uint64_t balance[BALANCES];
	uint64_t made[]; /* per thread: rounds */
};

struct transfer {
	unsigned from, to;
	uint64_t amount;
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct accounts) + threads * sizeof(uint64_t);
}

static void opening(const struct trial *t, uint64_t balance[BALANCES])
{
	for (unsigned i = 0; i < BALANCES; i++)
		balance[i] = trial_random(t, t->threads, i);
}

static uint64_t sum(const uint64_t balance[BALANCES])
{
	uint64_t all = 0;
	for (unsigned i = 0; i < BALANCES; i++)
		all += balance[i];
	return all;
}

/* Amounts and balances are taken modulo 2^64: nothing is ever lost by overflow. */
static struct transfer transfer(const struct trial *t, unsigned self, uint64_t round)
{
	uint64_t random = trial_random(t, self, round);
	unsigned from = (unsigned)(random % BALANCES);
	unsigned to = (from + 1 + (unsigned)(random >> 32) % (BALANCES - 1)) % BALANCES;
	return (struct transfer){ from, to, random };
}

static void setup(struct trial *t)
{
	struct accounts *a = t->data;
	opening(t, a->balance);
	trial_lock_init(t, 0);
}

static void transact(struct trial *t, unsigned self, struct transfer what, uint64_t all)
{
	struct accounts *a = t->data;
	trial_request(t, self, 0);
	trial_acquire(t, self, 0);
	trial_enter(t, self, 0);
	uint64_t found = sum(a->balance);
	a->balance[what.from] -= what.amount;
	trial_pause(t, self);
	a->balance[what.to] += what.amount;
	trial_leave(t, self, 0);
	trial_release(t, self, 0);
	trial_expect(t, self, found == all, PROPERTY_MUTUAL_EXCLUSION,
		     "an audit found money missing: it ran in the middle of another thread's transfer");
}

static void thread(struct trial *t, unsigned self)
{
	struct accounts *a = t->data;
	uint64_t balance[BALANCES];
	opening(t, balance);
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		transact(t, self, transfer(t, self, round), sum(balance));
		a->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_lock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct accounts *a = t->data;
	uint64_t balance[BALANCES], rounds = 0;
	bool same = true;
	opening(t, balance);
	for (unsigned i = 0; i < t->threads; i++) {
		for (uint64_t round = 0; round < a->made[i] && round < t->rounds; round++) {
			struct transfer what = transfer(t, i, round);
			balance[what.from] -= what.amount;
			balance[what.to] += what.amount;
		}
		rounds |= a->made[i];
	}
	for (unsigned i = 0; i < BALANCES; i++)
		same = same && balance[i] == a->balance[i];
	trial_expect(t, t->threads, rounds != 0, PROPERTY_MUTUAL_EXCLUSION, "no thread ever made a transfer");
	trial_expect(t, t->threads, same, PROPERTY_MUTUAL_EXCLUSION,
		     "the balances do not add up in the end: a transfer was lost because two threads were in the "
		     "critical section together");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "account",
	.plugin = "lock",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
