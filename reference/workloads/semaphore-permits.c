/* permits: a semaphore with N permits. First N threads must get in together; then all threads come and go, and never
 * may more than N be inside. */
#include <syncgrade/semaphore.h>
#include <syncgrade/workload.h>

/* The explorer sees from the section's marks how many are inside; in its few rounds, counting would only cost. */
#define ROUNDS_TO_COUNT 4u

enum { PERMITS, MUTEX };
enum { GATE_INSIDE }; /* opened by each of the first N threads once it is inside */

struct permits {
	uint64_t together; /* written by thread 0: the N were inside together */
	uint32_t inside;   /* protected by MUTEX */
	uint32_t most;     /* that ever were inside; protected by MUTEX */
	uint64_t made[];   /* per thread: rounds */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct permits) + threads * sizeof(uint64_t);
}

/* N: at least two, and fewer than there are threads. */
static unsigned permits(const struct trial *t)
{
	return (t->threads + 1) / 2;
}

static void setup(struct trial *t)
{
	trial_capacity(t, 0, permits(t));
	trial_semaphore_init(t, PERMITS, permits(t));
	trial_semaphore_init(t, MUTEX, 1);
}

static void meet(struct trial *t, unsigned self)
{
	trial_await(t, self, GATE_INSIDE, permits(t), PROPERTY_PARALLELISM,
		    "a semaphore with several permits did not let that many threads in together");
}

static void enter_together(struct trial *t, unsigned self)
{
	struct permits *p = t->data;
	trial_request(t, self, 0);
	trial_semaphore_wait(t, self, PERMITS);
	trial_enter(t, self, 0);
	trial_open(t, self, GATE_INSIDE);
	meet(t, self);
	if (self == 0)
		p->together = permits(t);
	trial_leave(t, self, 0);
	trial_semaphore_signal(t, self, PERMITS);
}

static void count(struct trial *t, unsigned self, unsigned difference)
{
	struct permits *p = t->data;
	if (t->rounds < ROUNDS_TO_COUNT)
		return;
	trial_semaphore_wait(t, self, MUTEX);
	p->inside += difference;
	if (p->inside > p->most)
		p->most = p->inside;
	trial_semaphore_signal(t, self, MUTEX);
}

static void come_and_go(struct trial *t, unsigned self)
{
	trial_request(t, self, 0);
	trial_semaphore_wait(t, self, PERMITS);
	trial_enter(t, self, 0);
	count(t, self, 1);
	trial_pause(t, self);
	count(t, self, -1u);
	trial_leave(t, self, 0);
	trial_semaphore_signal(t, self, PERMITS);
}

static void thread(struct trial *t, unsigned self)
{
	struct permits *p = t->data;
	if (self < permits(t))
		enter_together(t, self);
	else
		meet(t, self);
	for (uint64_t round = 0; trial_more(t, self, round); round++) {
		come_and_go(t, self);
		p->made[self] = round + 1;
	}
}

static void finish(struct trial *t)
{
	trial_semaphore_destroy(t, PERMITS);
	trial_semaphore_destroy(t, MUTEX);
}

static void verify(struct trial *t)
{
	const struct permits *p = t->data;
	uint64_t rounds = 0;
	for (unsigned i = 0; i < t->threads; i++)
		rounds |= p->made[i];
	trial_expect(t, t->threads, p->together == permits(t), PROPERTY_PARALLELISM,
		     "a semaphore with several permits did not let that many threads in together");
	trial_expect(t, t->threads, p->most <= permits(t) && p->inside == 0, PROPERTY_CAPACITY,
		     "more threads were inside together than the semaphore has permits");
	trial_expect(t, t->threads, rounds != 0, PROPERTY_CAPACITY, "no thread ever took a permit and gave it back");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "permits",
	.plugin = "semaphore",
	.objects = 2,
	.threads_min = 3,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
