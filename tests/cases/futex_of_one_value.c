/* SOURCE: gallir/concurrencia#5 ("Bug in semaphore implementation"): a semaphore whose futex word never changes; the
 * reporter says that a signal between the decrement and FUTEX_WAIT is lost.
 * RIGHT: not for the reported reason: the signaller repeats FUTEX_WAKE until it has woken somebody, so the sleeper is
 * not missed. But FUTEX_WAIT may return without a wake (futex(2): callers must assume spurious wake-ups), and this wait
 * believes it: a thread goes in without a permit. Must fail: mutual exclusion / capacity (or the signaller's loop that
 * then finds no sleeper for ever: lost-wakeup/progress). The orderings are made acq_rel here (the original is relaxed,
 * and races besides). REASON: value -1 after wait's decrement; spurious return; two threads inside with one permit. */
#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>

struct semaphore {
	atomic_int bed; /* always 0 */
	atomic_int value;
};

static int init(struct semaphore *s, unsigned value)
{
	atomic_init(&s->bed, 0);
	atomic_init(&s->value, (int)value);
	return 0;
}

static void wait(struct semaphore *s)
{
	if (atomic_fetch_sub_explicit(&s->value, 1, memory_order_acq_rel) <= 0)
		syscall(SYS_futex, &s->bed, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static void signal(struct semaphore *s)
{
	if (atomic_fetch_add_explicit(&s->value, 1, memory_order_acq_rel) < 0)
		while (syscall(SYS_futex, &s->bed, FUTEX_WAKE, 1, NULL, NULL, 0) < 1)
			sched_yield();
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
