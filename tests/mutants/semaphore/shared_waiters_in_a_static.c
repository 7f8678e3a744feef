/* A semaphore on a futex; who sleeps is counted in a variable of the program, so that signal need not enter the kernel.
 */
#include <linux/futex.h>
#include <syncgrade/semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>

struct semaphore {
	unsigned value;
};

static unsigned waiters; /* threads that sleep on any semaphore, or are about to */

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	return 0;
}

static int try_wait(struct semaphore *semaphore)
{
	unsigned value = __atomic_load_n(&semaphore->value, __ATOMIC_SEQ_CST);
	while (value > 0)
		if (__atomic_compare_exchange_n(&semaphore->value, &value, value - 1, 1, __ATOMIC_SEQ_CST,
						__ATOMIC_SEQ_CST))
			return 1;
	return 0;
}

/* Sequentially consistent: a waiter writes `waiters` and then reads `value`, a signaller writes `value` and then reads
 * `waiters`. One of the two must see the other, or a thread would sleep beside a permit. */
static void wait(struct semaphore *semaphore)
{
	if (try_wait(semaphore))
		return;
	__atomic_fetch_add(&waiters, 1, __ATOMIC_SEQ_CST);
	while (!try_wait(semaphore))
		syscall(SYS_futex, &semaphore->value, FUTEX_WAIT, 0, NULL, NULL, 0);
	__atomic_fetch_sub(&waiters, 1, __ATOMIC_SEQ_CST);
}

static void signal(struct semaphore *semaphore)
{
	__atomic_fetch_add(&semaphore->value, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&waiters, __ATOMIC_SEQ_CST) > 0)
		syscall(SYS_futex, &semaphore->value, FUTEX_WAKE, 1, NULL, NULL, 0);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
