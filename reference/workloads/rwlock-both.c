/* both: one thread holds two locks together, each for reading or for writing, and gives them back in either order: it
 * gives back the one that it means, as it holds it, and keeps the other. */
#include <stdatomic.h>
#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

enum { A, B };
enum {
	GATE_ONE,    /* opened once for each pair, when one lock of it has been given back */
	GATE_PROBED, /* … when that one was found free */
	GATE_BOTH,   /* … when the other has been given back */
	GATE_FREE    /* … when that one was found free */
};

/* What thread 0 holds together, and which it gives back first. */
static const struct pair {
	bool writes[2]; /* A, B */
	unsigned first;
} pairs[] = {
	{ { false, true }, A },  { { false, false }, A }, { { true, false }, A }, { { true, true }, B },
	{ { false, false }, B }, { { true, false }, B },  { { false, true }, B }, { { true, true }, A },
};
#define PAIRS (sizeof(pairs) / sizeof(pairs[0]))
#define PAIRS_A_ROUND (PAIRS / 2)

struct both {
	uint64_t made[2]; /* rounds */
	/* Relaxed: it orders nothing, and the lock has to. 1: thread 0 has not begun to give this lock back. */
	_Atomic uint32_t held[2];
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct both);
}

static void setup(struct trial *t)
{
	trial_rwlock_init(t, A);
	trial_rwlock_init(t, B);
}

static void get(struct trial *t, unsigned self, unsigned lock, bool writes)
{
	if (writes)
		trial_rwlock_acquire_write(t, self, lock);
	else
		trial_rwlock_acquire_read(t, self, lock);
}

static void give(struct trial *t, unsigned self, unsigned lock, bool writes)
{
	if (writes)
		trial_rwlock_release_write(t, self, lock);
	else
		trial_rwlock_release_read(t, self, lock);
}

/* Whether the one that is still held is tried, too. That is waiting, of which the explorer sees every order: so it gets
 * it twice in its run. */
static bool is_tried(const struct trial *t, uint64_t n)
{
	return t->rounds > 1 || n < 2;
}

static void hold_both(struct trial *t, unsigned self, uint64_t n)
{
	struct both *d = t->data;
	const struct pair *pair = &pairs[n % PAIRS];
	unsigned first = pair->first, second = first == A ? B : A;
	for (unsigned lock = A; lock <= B; lock++) {
		get(t, self, lock, pair->writes[lock]);
		atomic_store_explicit(&d->held[lock], 1, memory_order_relaxed);
	}
	atomic_store_explicit(&d->held[first], 0, memory_order_relaxed);
	give(t, self, first, pair->writes[first]);
	trial_open(t, self, GATE_ONE);
	trial_await(t, self, GATE_PROBED, n + 1, PROPERTY_INDEPENDENCE,
		    "a thread that held two locks gave one of them back, and it was not free");
	atomic_store_explicit(&d->held[second], 0, memory_order_relaxed);
	give(t, self, second, pair->writes[second]);
	trial_open(t, self, GATE_BOTH);
	trial_await(t, self, GATE_FREE, n + 1, PROPERTY_INDEPENDENCE,
		    "a thread that held two locks gave both back, and one was not free");
}

static void probe(struct trial *t, unsigned self, uint64_t n)
{
	struct both *d = t->data;
	unsigned first = pairs[n % PAIRS].first, second = first == A ? B : A;
	trial_await(t, self, GATE_ONE, n + 1, PROPERTY_INDEPENDENCE,
		    "a thread could not hold two locks together, or could not give one of them back");
	get(t, self, first, true);
	give(t, self, first, true);
	trial_open(t, self, GATE_PROBED);
	if (!is_tried(t, n))
		trial_await(t, self, GATE_BOTH, n + 1, PROPERTY_INDEPENDENCE,
			    "a thread that held two locks could not give both back");
	get(t, self, second, true);
	trial_expect(t, self, atomic_load_explicit(&d->held[second], memory_order_relaxed) == 0, PROPERTY_INDEPENDENCE,
		     "a thread that held two locks gave one back, and another thread got in at the other one");
	give(t, self, second, true);
	trial_open(t, self, GATE_FREE);
}

/* A round is half of the pairs. A fixed number of rounds: both threads have to make the same. */
static void thread(struct trial *t, unsigned self)
{
	struct both *d = t->data;
	for (uint64_t n = 0; self < 2 && n < PAIRS_A_ROUND * t->rounds; n++) {
		if (self == 0)
			hold_both(t, self, n);
		else
			probe(t, self, n);
		d->made[self] = (n + 1) / PAIRS_A_ROUND;
	}
}

static void finish(struct trial *t)
{
	trial_rwlock_destroy(t, A);
	trial_rwlock_destroy(t, B);
}

static void verify(struct trial *t)
{
	const struct both *d = t->data;
	trial_expect(t, t->threads, d->made[0] == t->rounds && d->made[1] == t->rounds, PROPERTY_INDEPENDENCE,
		     "a thread that held two locks gave both back, and one was not free");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "both",
	.plugin = "rwlock",
	.objects = 2,
	.threads_min = 2,
	.threads_max = RWLOCK_THREADS_MAX,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
