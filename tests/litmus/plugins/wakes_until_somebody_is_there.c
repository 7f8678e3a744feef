/* The signaller repeats FUTEX_WAKE until it has woken somebody; FUTEX_WAIT may return without a wake, and this wait
 * believes it: two threads are inside with one permit. (gallir/concurrencia#5, with acq_rel.) */
// test: semaphore-permits | -t 3 -r 1 -p 0x20 | capacity: FAIL
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
	.abi = SEMAPHORE_PLUGIN_ABI, .size = sizeof(struct semaphore), .init = init, .wait = wait, .signal = signal,
};
