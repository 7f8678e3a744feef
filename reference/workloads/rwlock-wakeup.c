/* wakeup: in each round one thread writes while all others want to read; when it has left, they must all get in,
 * without waiting for each other. */
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

enum {
	GATE_HELD,   /* opened once in each round, when the writer is inside */
	GATE_INSIDE, /* opened by each reader in each round, once it is inside */
	GATE_OUTSIDE /* opened by each reader in each round, once it has left */
};

struct wakeup {
	uint64_t woken[RWLOCK_THREADS_MAX]; /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct wakeup);
}

static void setup(struct trial *t)
{
	trial_rwlock_init(t, 0);
}

static void await_readers(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_INSIDE, (round + 1) * (t->threads - 1), PROPERTY_LOST_WAKEUP,
		    "several readers were waiting for a writer; when it left, not all of them got in");
}

static void write_once(struct trial *t, unsigned self)
{
	trial_rwlock_acquire_write(t, self, 0);
	trial_enter(t, self, 0);
	trial_open(t, self, GATE_HELD);
	trial_pause(t, self);
	trial_leave(t, self, 0);
	trial_rwlock_release_write(t, self, 0);
}

static void read_when_woken(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_HELD, round + 1, PROPERTY_PROGRESS, "a writer did not get a lock that nobody held");
	trial_rwlock_acquire_read(t, self, 0);
	trial_enter_shared(t, self, 0);
	trial_open(t, self, GATE_INSIDE);
	await_readers(t, self, round);
	trial_leave(t, self, 0);
	trial_rwlock_release_read(t, self, 0);
	trial_open(t, self, GATE_OUTSIDE);
}

/* The next writer waits until all have left: a lock that prefers writers would keep the readers out. */
static void thread(struct trial *t, unsigned self)
{
	struct wakeup *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		if (self == round % t->threads)
			write_once(t, self);
		else
			read_when_woken(t, self, round);
		d->woken[self] = round + 1;
		if (round + 1 < t->rounds)
			trial_await(t, self, GATE_OUTSIDE, (round + 1) * (t->threads - 1), PROPERTY_LOST_WAKEUP,
				    "a reader that was inside did not get out");
	}
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct wakeup *d = t->data;
	for (unsigned i = 0; i < t->threads && i < RWLOCK_THREADS_MAX; i++)
		trial_expect(t, i, d->woken[i] == t->rounds, PROPERTY_LOST_WAKEUP, "a waiting thread was not let in");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "wakeup",
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
