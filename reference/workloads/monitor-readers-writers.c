/* readers-writers: a readers-writers lock (Courtois, Heymans, Parnas 1971) made of a monitor. Thread 0 writes, the
 * others read, and write in every fourth round. First all readers must be inside together. */
#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

#include "harness/until.h"

enum { MAY_READ, MAY_WRITE };
enum { GATE_READING }; /* opened by each reader of the first round, once it is inside */

struct readers_writers {
	uint32_t readers, writing; /* protected by the monitor */
	uint64_t value, again;     /* protected by what the monitor makes: the same, whenever nobody writes */
	struct {
		uint64_t wrote, read, together; /* written by its thread alone */
	} of[];
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)rounds;
	return sizeof(struct readers_writers) + threads * 3 * sizeof(uint64_t);
}

static uint64_t start(const struct trial *t)
{
	return trial_random(t, t->threads, 0);
}

static void setup(struct trial *t)
{
	struct readers_writers *d = t->data;
	d->value = d->again = start(t);
	trial_monitor_init(t, 0);
}

static void begin_read(struct trial *t, unsigned self, uint64_t *patience)
{
	struct readers_writers *d = t->data;
	trial_monitor_enter(t, self, 0);
	UNTIL(t, self, patience, MAY_READ, PROPERTY_MUTUAL_EXCLUSION, d->writing == 0);
	d->readers++;
	trial_monitor_exit(t, self, 0);
	trial_enter_shared(t, self, 0);
}

static void end_read(struct trial *t, unsigned self)
{
	struct readers_writers *d = t->data;
	trial_leave(t, self, 0);
	trial_monitor_enter(t, self, 0);
	if (--d->readers == 0)
		trial_monitor_signal(t, self, 0, MAY_WRITE);
	trial_monitor_exit(t, self, 0);
}

static void begin_write(struct trial *t, unsigned self, uint64_t *patience)
{
	struct readers_writers *d = t->data;
	trial_monitor_enter(t, self, 0);
	UNTIL(t, self, patience, MAY_WRITE, PROPERTY_MUTUAL_EXCLUSION, d->writing == 0 && d->readers == 0);
	d->writing = 1;
	trial_monitor_exit(t, self, 0);
	trial_enter(t, self, 0);
}

static void end_write(struct trial *t, unsigned self)
{
	struct readers_writers *d = t->data;
	trial_leave(t, self, 0);
	trial_monitor_enter(t, self, 0);
	d->writing = 0;
	trial_monitor_broadcast(t, self, 0, MAY_READ);
	trial_monitor_signal(t, self, 0, MAY_WRITE);
	trial_monitor_exit(t, self, 0);
}

static void compare(struct trial *t, unsigned self)
{
	const struct readers_writers *d = t->data;
	uint64_t value = d->value;
	trial_pause(t, self);
	trial_expect(t, self, value == d->again, PROPERTY_MUTUAL_EXCLUSION,
		     "a reader saw a half-made change: a writer was inside together with it");
}

static void read_once(struct trial *t, unsigned self, uint64_t *patience)
{
	struct readers_writers *d = t->data;
	begin_read(t, self, patience);
	compare(t, self);
	end_read(t, self);
	d->of[self].read++;
}

static void write_once(struct trial *t, unsigned self, uint64_t *patience)
{
	struct readers_writers *d = t->data;
	begin_write(t, self, patience);
	uint64_t amount = trial_random(t, self, d->of[self].wrote);
	d->value += amount;
	trial_pause(t, self);
	d->again += amount;
	end_write(t, self);
	d->of[self].wrote++;
}

static void read_together(struct trial *t, unsigned self, uint64_t *patience)
{
	struct readers_writers *d = t->data;
	begin_read(t, self, patience);
	trial_open(t, self, GATE_READING);
	trial_await(t, self, GATE_READING, t->threads - 1, PROPERTY_PARALLELISM,
		    "readers could not be inside together: one that came later had to wait");
	compare(t, self);
	end_read(t, self);
	d->of[self].together = 1;
}

static void thread(struct trial *t, unsigned self)
{
	uint64_t left = patience(t);
	if (self != 0)
		read_together(t, self, &left);
	for (uint64_t round = 0; trial_more(t, self, round); round++)
		if (self == 0 || round % 4 == 3)
			write_once(t, self, &left);
		else
			read_once(t, self, &left);
}

static void finish(struct trial *t)
{
	trial_monitor_destroy(t, 0);
}

static void verify(struct trial *t)
{
	const struct readers_writers *d = t->data;
	uint64_t expected = start(t), writes = 0;
	bool together = true;
	for (unsigned i = 0; i < t->threads; i++) {
		for (uint64_t n = 0; n < d->of[i].wrote && n < t->rounds; n++)
			expected += trial_random(t, i, n);
		writes |= d->of[i].wrote;
		together = together && (i == 0 || d->of[i].together == 1);
	}
	trial_expect(t, t->threads, together, PROPERTY_PARALLELISM, "readers could not be inside together");
	trial_expect(t, t->threads, writes != 0, PROPERTY_MUTUAL_EXCLUSION, "no thread ever wrote");
	trial_expect(t, t->threads, d->value == expected && d->again == expected, PROPERTY_MUTUAL_EXCLUSION,
		     "a change was lost: two writers were inside together");
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.name = "readers-writers",
	.plugin = "monitor",
	.objects = 1,
	.threads_min = 2,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
	.verify = verify,
};
