/* queue: as many readers as a power of two wait when the writer leaves: whatever counts them in a few bits counts none.
 * The readers beyond that power only look on. */
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

enum { WRITER };

enum {
	GATE_HELD,  /* opened when the writer is inside */
	GATE_ASKS,  /* opened by each reader when it asks for the lock */
	GATE_INSIDE /* … once it is inside */
};

struct queue {
	uint64_t written;                  /* protected by the lock */
	uint64_t seen[RWLOCK_THREADS_MAX]; /* by each reader: 1 more than `written` was */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct queue);
}

static void setup(struct trial *t)
{
	trial_rwlock_init(t, 0);
}

static unsigned readers(const struct trial *t)
{
	unsigned n = 1;
	while (2 * n < t->threads)
		n *= 2;
	return n;
}

static void write_alone(struct trial *t)
{
	struct queue *d = t->data;
	trial_rwlock_acquire_write(t, WRITER, 0);
	trial_enter(t, WRITER, 0);
	trial_open(t, WRITER, GATE_HELD);
	d->written = 1;
	trial_await(t, WRITER, GATE_ASKS, readers(t), PROPERTY_PROGRESS,
		    "a writer did not get a lock that nobody held");
	trial_leave(t, WRITER, 0);
	trial_rwlock_release_write(t, WRITER, 0);
	trial_await(t, WRITER, GATE_INSIDE, readers(t), PROPERTY_LOST_WAKEUP,
		    "several readers were waiting for a writer; when it left, not all of them got in");
}

static void read_after(struct trial *t, unsigned self)
{
	struct queue *d = t->data;
	trial_await(t, self, GATE_HELD, 1, PROPERTY_PROGRESS, "a writer did not get a lock that nobody held");
	trial_open(t, self, GATE_ASKS);
	trial_rwlock_acquire_read(t, self, 0);
	trial_enter_shared(t, self, 0);
	trial_open(t, self, GATE_INSIDE);
	d->seen[self] = d->written + 1;
	trial_leave(t, self, 0);
	trial_rwlock_release_read(t, self, 0);
}

static void thread(struct trial *t, unsigned self)
{
	if (self == WRITER)
		write_alone(t);
	else if (self <= readers(t))
		read_after(t, self);
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct queue *d = t->data;
	for (unsigned i = 1; i <= readers(t) && i < RWLOCK_THREADS_MAX; i++)
		trial_expect(t, i, d->seen[i] == 2, PROPERTY_MUTUAL_EXCLUSION,
			     "a reader did not see what the last writer wrote");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "queue",
	.plugin = "rwlock",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
