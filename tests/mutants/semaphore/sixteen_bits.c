/* A semaphore on a futex: sixteen bits of the word are the value, the others say how many signals there were, so that
 * the word changes with each. */
#include <linux/futex.h>
#include <stdatomic.h>
#include <syncgrade/semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>

struct semaphore {
	atomic_uint value;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	atomic_init(&semaphore->value, value & 0xffff);
	return 0;
}

static void wait(struct semaphore *semaphore)
{
	unsigned value = atomic_load_explicit(&semaphore->value, memory_order_relaxed);
	for (;;) {
		while ((value & 0xffff) > 0)
			/* Acquire: reads the add of the signal that gave the permit, or a later read-modify-write,
			 * which carries its release on. On failure, `value` is read again. */
			if (atomic_compare_exchange_weak_explicit(&semaphore->value, &value, value - 1,
								  memory_order_acquire, memory_order_relaxed))
				return;
		/* Sleeps only if no signal has come since. */
		syscall(SYS_futex, &semaphore->value, FUTEX_WAIT, value, NULL, NULL, 0);
		value = atomic_load_explicit(&semaphore->value, memory_order_relaxed);
	}
}

static void signal(struct semaphore *semaphore)
{
	atomic_fetch_add_explicit(&semaphore->value, 0x10001, memory_order_release);
	syscall(SYS_futex, &semaphore->value, FUTEX_WAKE, 1, NULL, NULL, 0);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
