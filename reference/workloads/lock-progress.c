/* progress: first each thread takes the lock a few times alone, while no other thread wants it; then all at once, each
 * as often as it likes. A lock that needs somebody else to come by hangs in the first part. */
#include <syncgrade/lock.h>
#include <syncgrade/workload.h>

#define ALONE 2u /* rounds; in two, also a lock that lets each thread in once is found out */

enum { GATE_ALONE }; /* opened by each thread that has finished its part alone */

struct progress {
	uint64_t alone[LOCK_THREADS_MAX]; /* rounds */
	uint64_t together[LOCK_THREADS_MAX];
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct progress);
}

static void setup(struct trial *t)
{
	trial_lock_init(t, 0);
}

static void pass(struct trial *t, unsigned self)
{
	trial_acquire(t, self, 0);
	trial_pause(t, self);
	trial_release(t, self, 0);
}

static void thread(struct trial *t, unsigned self)
{
	struct progress *p = t->data;
	trial_await(t, self, GATE_ALONE, self, PROPERTY_PROGRESS,
		    "a thread that was alone in wanting the lock did not get it");
	for (; p->alone[self] < ALONE; p->alone[self]++)
		pass(t, self);
	trial_open(t, self, GATE_ALONE);
	trial_await(t, self, GATE_ALONE, t->threads, PROPERTY_PROGRESS,
		    "a thread that was alone in wanting the lock did not get it");
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		pass(t, self);
		p->together[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_lock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct progress *p = t->data;
	for (unsigned i = 0; i < t->threads && i < LOCK_THREADS_MAX; i++)
		trial_expect(t, i, p->alone[i] == ALONE, PROPERTY_PROGRESS,
			     "a thread that was alone in wanting the lock did not get it");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "progress",
	.plugin = "lock",
	.objects = 1,
	.threads_min = 2,
	.threads_max = LOCK_THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
