/* progress: first each thread reads and writes a few times alone, while no other thread wants the lock; then all at
 * once, every other one writing. */
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

#define ALONE 2u /* rounds; in two, also a lock that lets each thread in once is found out */

enum { GATE_ALONE }; /* opened by each thread that has finished its part alone */

struct progress {
	uint64_t alone[RWLOCK_THREADS_MAX]; /* rounds */
	uint64_t together[RWLOCK_THREADS_MAX];
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct progress);
}

static void setup(struct trial *t)
{
	trial_rwlock_init(t, 0);
}

static void read_once(struct trial *t, unsigned self)
{
	trial_rwlock_acquire_read(t, self, 0);
	trial_pause(t, self);
	trial_rwlock_release_read(t, self, 0);
}

static void write_once(struct trial *t, unsigned self)
{
	trial_rwlock_acquire_write(t, self, 0);
	trial_pause(t, self);
	trial_rwlock_release_write(t, self, 0);
}

static void thread(struct trial *t, unsigned self)
{
	struct progress *p = t->data;
	trial_await(t, self, GATE_ALONE, self, PROPERTY_PROGRESS,
		    "a thread that was alone in wanting the lock did not get it");
	for (; p->alone[self] < ALONE; p->alone[self]++) {
		read_once(t, self);
		write_once(t, self);
	}
	trial_open(t, self, GATE_ALONE);
	trial_await(t, self, GATE_ALONE, t->threads, PROPERTY_PROGRESS,
		    "a thread that was alone in wanting the lock did not get it");
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		if ((self + round) % 2 == 0)
			write_once(t, self);
		else
			read_once(t, self);
		p->together[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct progress *p = t->data;
	for (unsigned i = 0; i < t->threads && i < RWLOCK_THREADS_MAX; i++)
		trial_expect(t, i, p->alone[i] == ALONE, PROPERTY_PROGRESS,
			     "a thread that was alone in wanting the lock did not get it");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "progress",
	.plugin = "rwlock",
	.objects = 1,
	.threads_min = 2,
	.threads_max = RWLOCK_THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
