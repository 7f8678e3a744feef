/* company: as many readers as a power of two are inside when the writer comes: whatever counts them in a few bits
 * counts none. The readers beyond that power only look on. */
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

#define STUCK                                                                                                          \
	"readers could not be inside together, although nobody was writing or wanted to: one that came later had to "  \
	"wait"

enum { WRITER };

enum {
	GATE_INSIDE, /* opened by each reader once it is inside */
	GATE_COMES   /* opened when the writer asks for the lock */
};

struct company {
	uint64_t written;                  /* protected by the lock */
	uint64_t seen[RWLOCK_THREADS_MAX]; /* by each reader: 1 more than `written` was */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct company);
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
	struct company *d = t->data;
	trial_await(t, WRITER, GATE_INSIDE, readers(t), PROPERTY_PARALLELISM, STUCK);
	trial_open(t, WRITER, GATE_COMES);
	trial_rwlock_acquire_write(t, WRITER, 0);
	trial_enter(t, WRITER, 0);
	d->written = 1;
	trial_leave(t, WRITER, 0);
	trial_rwlock_release_write(t, WRITER, 0);
}

static void read_together(struct trial *t, unsigned self)
{
	struct company *d = t->data;
	trial_rwlock_acquire_read(t, self, 0);
	trial_enter_shared(t, self, 0);
	trial_open(t, self, GATE_INSIDE);
	trial_await(t, self, GATE_COMES, 1, PROPERTY_PARALLELISM, STUCK);
	d->seen[self] = d->written + 1;
	trial_leave(t, self, 0);
	trial_rwlock_release_read(t, self, 0);
}

static void thread(struct trial *t, unsigned self)
{
	if (self == WRITER)
		write_alone(t);
	else if (self <= readers(t))
		read_together(t, self);
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct company *d = t->data;
	for (unsigned i = 1; i <= readers(t) && i < RWLOCK_THREADS_MAX; i++)
		trial_expect(t, i, d->seen[i] == 1, PROPERTY_MUTUAL_EXCLUSION,
			     "a reader that was inside before the writer saw what it wrote");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "company",
	.plugin = "rwlock",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
