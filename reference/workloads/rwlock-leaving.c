/* leaving: who leaves must not wait for what others do inside. In each round two readers are inside and a writer waits;
 * the first reader leaves while the second goes on reading; the second leaves, and the writer stays inside until it
 * has; the writer leaves, and the first thread, which waits meanwhile, to read or in every other round to write, stays
 * inside until it has. Without a third thread, there is no writer. */
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

enum { FIRST, SECOND, WRITER, SEATS };

enum {
	GATE_INSIDE,       /* + seat: opened once in each round, when that thread is inside */
	GATE_LEFT = SEATS, /* + seat: … when it has left */
	GATE_OVER = 2 * SEATS
};

#define STUCK_READER "release_read() waits for what another thread does inside"
#define STUCK_WRITER "release_write() waits for the thread that is inside next"
#define STUCK_ALONE "a thread did not get a lock although nobody who held it stood in its way"

struct leaving {
	uint64_t made[RWLOCK_THREADS_MAX]; /* rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct leaving);
}

static void setup(struct trial *t)
{
	trial_rwlock_init(t, 0);
}

static bool has_writer(const struct trial *t)
{
	return t->threads > WRITER;
}

static void leave_first(struct trial *t, unsigned self, uint64_t round)
{
	trial_rwlock_acquire_read(t, self, 0);
	trial_open(t, self, GATE_INSIDE + FIRST);
	trial_await(t, self, GATE_INSIDE + SECOND, round + 1, PROPERTY_PARALLELISM,
		    "two readers could not be inside together, although nobody was writing or wanted to");
	trial_rwlock_release_read(t, self, 0);
	trial_open(t, self, GATE_LEFT + FIRST);
}

static void leave_second(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_INSIDE + FIRST, round + 1, PROPERTY_PROGRESS, STUCK_ALONE);
	trial_rwlock_acquire_read(t, self, 0);
	trial_open(t, self, GATE_INSIDE + SECOND);
	trial_await(t, self, GATE_LEFT + FIRST, round + 1, PROPERTY_PROGRESS, STUCK_READER);
	trial_rwlock_release_read(t, self, 0);
	trial_open(t, self, GATE_LEFT + SECOND);
}

static void write(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_INSIDE + SECOND, round + 1, PROPERTY_PROGRESS, STUCK_ALONE);
	trial_rwlock_acquire_write(t, self, 0);
	trial_open(t, self, GATE_INSIDE + WRITER);
	trial_await(t, self, GATE_LEFT + SECOND, round + 1, PROPERTY_PROGRESS, STUCK_READER);
	trial_rwlock_release_write(t, self, 0);
	trial_open(t, self, GATE_LEFT + WRITER);
}

static void come_again(struct trial *t, unsigned self, uint64_t round)
{
	bool writes = round % 2 != 0;
	trial_await(t, self, GATE_INSIDE + WRITER, round + 1, PROPERTY_PROGRESS,
		    "all readers have left, but the writer that waited for them did not get in");
	if (writes)
		trial_rwlock_acquire_write(t, self, 0);
	else
		trial_rwlock_acquire_read(t, self, 0);
	trial_await(t, self, GATE_LEFT + WRITER, round + 1, PROPERTY_PROGRESS, STUCK_WRITER);
	if (writes)
		trial_rwlock_release_write(t, self, 0);
	else
		trial_rwlock_release_read(t, self, 0);
	trial_open(t, self, GATE_OVER);
}

/* A fixed number of rounds: all threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct leaving *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		uint64_t seat = (self + t->threads - round % t->threads) % t->threads;
		if (seat == FIRST)
			leave_first(t, self, round);
		else if (seat == SECOND)
			leave_second(t, self, round);
		else if (seat == WRITER)
			write(t, self, round);
		if (seat == FIRST && has_writer(t))
			come_again(t, self, round);
		trial_await(
		    t, self, has_writer(t) ? GATE_OVER : GATE_LEFT + SECOND, round + 1, PROPERTY_PROGRESS,
		    "a thread did not get in, or out again, although the one before it had left or was about to");
		d->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct leaving *d = t->data;
	for (unsigned i = 0; i < t->threads && i < RWLOCK_THREADS_MAX; i++)
		trial_expect(t, i, d->made[i] == t->rounds, PROPERTY_PROGRESS, "not every thread came out again");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "leaving",
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
