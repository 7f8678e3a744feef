/* waits-again: under Hoare's signalling, who is signalled may wait again before it leaves; the signaller runs again
 * then, and not a newcomer. Under Mesa's nothing is promised, and nothing is done. */
#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

enum { SIGNALLER, WAITER };
enum { FIRST, AGAIN }; /* conditions */
enum { GATE_WAITING };

struct waits_again {
	uint64_t newcomers,
	    waits; /* protected by the monitor: who has been inside, and how many waits have come back */
};

static size_t data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return sizeof(struct waits_again);
}

static void setup(struct trial *t)
{
	trial_monitor_init(t, 0);
}

static void signal_twice(struct trial *t)
{
	struct waits_again *w = t->data;
	trial_await(t, SIGNALLER, GATE_WAITING, 1, PROPERTY_ORDERING,
		    "a thread that wanted to wait could not enter the monitor");
	trial_monitor_enter(t, SIGNALLER, 0);
	uint64_t newcomers = w->newcomers;
	for (unsigned condition = FIRST; condition <= AGAIN; condition++) {
		trial_monitor_signal(t, SIGNALLER, 0, condition);
		trial_expect(t, SIGNALLER, w->waits == condition + 1, PROPERTY_ORDERING,
			     "signal() returned before the signalled thread had run, against Hoare's signalling");
		trial_expect(t, SIGNALLER, w->newcomers == newcomers, PROPERTY_ORDERING,
			     "a newcomer entered before the signaller ran again, against Hoare's signalling");
	}
	trial_monitor_exit(t, SIGNALLER, 0);
}

static void wait_twice(struct trial *t)
{
	struct waits_again *w = t->data;
	trial_monitor_enter(t, WAITER, 0);
	trial_open(t, WAITER, GATE_WAITING);
	for (unsigned condition = FIRST; condition <= AGAIN; condition++) {
		trial_monitor_wait(t, WAITER, 0, condition);
		w->waits++;
	}
	trial_monitor_exit(t, WAITER, 0);
}

static void come(struct trial *t, unsigned self)
{
	struct waits_again *w = t->data;
	trial_monitor_enter(t, self, 0);
	w->newcomers++;
	trial_monitor_exit(t, self, 0);
}

static void thread(struct trial *t, unsigned self)
{
	if (!trial_monitor_hoare(t))
		return;
	if (self == SIGNALLER)
		signal_twice(t);
	else if (self == WAITER)
		wait_twice(t);
	else
		come(t, self);
}

static void finish(struct trial *t)
{
	trial_monitor_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_NO_SPURIOUS,
	.name = "waits-again",
	.plugin = "monitor",
	.objects = 1,
	.threads_min = 3,
	.data_size = data_size,
	.setup = setup,
	.thread = thread,
	.finish = finish,
};
