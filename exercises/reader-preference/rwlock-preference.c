/* preference: in each round one thread reads, every other one wants to write, and while these wait, the rest come to
 * read as well. All readers must be inside together; then the writers write. Who reads first changes. */
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

enum {
	GATE_FIRST,  /* opened once in each round, when the first reader is inside */
	GATE_COMING, /* opened by each writer in each round, before it asks to get in */
	GATE_INSIDE, /* opened by each reader in each round, once it is inside */
	GATE_OVER    /* opened by each thread in each round, when it has left */
};

struct preference {
	uint64_t written; /* protected by the lock: changes */
	struct {
		uint64_t made;   /* rounds */
		uint64_t missed; /* not 0: has not seen what the writers wrote. Told in the end: where that races, what
				    a thread does next must not depend on it. */
	} of[];                  /* written by its thread alone */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct preference) + threads * 2 * sizeof(uint64_t);
}

static void setup(struct trial *t)
{
	trial_rwlock_init(t, 0);
}

static uint64_t writers(const struct trial *t)
{
	return t->threads / 2;
}

static void read_together(struct trial *t, unsigned self, uint64_t round)
{
	struct preference *d = t->data;
	trial_rwlock_acquire_read(t, self, 0);
	trial_enter_shared(t, self, 0);
	trial_open(t, self, GATE_FIRST);
	trial_open(t, self, GATE_INSIDE);
	trial_await(t, self, GATE_INSIDE, (round + 1) * (t->threads - writers(t)), PROPERTY_PARALLELISM,
		    "a reader had to wait although another one was reading: a writer that waited kept it out");
	d->of[self].missed |= d->written ^ round * writers(t);
	trial_leave(t, self, 0);
	trial_rwlock_release_read(t, self, 0);
}

static void write_alone(struct trial *t, unsigned self)
{
	struct preference *d = t->data;
	trial_open(t, self, GATE_COMING);
	trial_rwlock_acquire_write(t, self, 0);
	trial_enter(t, self, 0);
	d->written++;
	trial_leave(t, self, 0);
	trial_rwlock_release_write(t, self, 0);
}

/* The first reader has opened it once in each round, and the others after it. */
static void await_first(struct trial *t, unsigned self, uint64_t round)
{
	trial_await(t, self, GATE_FIRST, round * (t->threads - writers(t)) + 1, PROPERTY_PROGRESS,
		    "a reader did not get a lock that nobody held");
}

static void play(struct trial *t, unsigned self, uint64_t seat, uint64_t round)
{
	if (seat == 0) {
		read_together(t, self, round);
		return;
	}
	await_first(t, self, round);
	if (seat % 2 != 0) {
		write_alone(t, self);
		return;
	}
	trial_await(t, self, GATE_COMING, (round + 1) * writers(t), PROPERTY_PROGRESS,
		    "a reader did not get a lock that nobody held");
	trial_pause(t, self);
	read_together(t, self, round);
}

/* A fixed number of rounds: all threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct preference *d = t->data;
	for (uint64_t round = 0; round < t->rounds; round++) {
		play(t, self, (self + t->threads - round % t->threads) % t->threads, round);
		trial_open(t, self, GATE_OVER);
		trial_await(t, self, GATE_OVER, (round + 1) * t->threads, PROPERTY_PROGRESS,
			    "all readers have left or are about to, but not every writer got in and out again");
		d->of[self].made = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct preference *d = t->data;
	bool together = true;
	for (unsigned i = 0; i < t->threads; i++) {
		together = together && d->of[i].made == t->rounds;
		trial_expect(t, i, d->of[i].missed == 0, PROPERTY_MUTUAL_EXCLUSION,
			     "a reader did not see what the last writer wrote, or what the next one did already");
	}
	trial_expect(t, t->threads, together, PROPERTY_PARALLELISM, "readers could not be inside together");
	trial_expect(t, t->threads, d->written == t->rounds * writers(t), PROPERTY_MUTUAL_EXCLUSION,
		     "a change was lost: two writers were inside together");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "preference",
	.plugin = "rwlock",
	.objects = 1,
	.threads_min = 3,
	.threads_max = RWLOCK_THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
