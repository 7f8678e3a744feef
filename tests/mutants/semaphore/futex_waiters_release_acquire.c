/* A futex semaphore that counts its waiters, without sequential consistency. */
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>

struct semaphore {
	atomic_int value, waiters;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	atomic_init(&semaphore->value, (int)value);
	atomic_init(&semaphore->waiters, 0);
	return 0;
}

static int try_wait(struct semaphore *semaphore)
{
	int value = atomic_load_explicit(&semaphore->value, memory_order_acquire);
	while (value > 0)
		if (atomic_compare_exchange_weak_explicit(&semaphore->value, &value, value - 1, memory_order_acquire,
							  memory_order_acquire))
			return 1;
	return 0;
}

static void wait(struct semaphore *semaphore)
{
	if (try_wait(semaphore))
		return;
	atomic_fetch_add_explicit(&semaphore->waiters, 1, memory_order_acq_rel);
	while (!try_wait(semaphore))
		syscall(SYS_futex, &semaphore->value, FUTEX_WAIT, 0, NULL, NULL, 0);
	atomic_fetch_sub_explicit(&semaphore->waiters, 1, memory_order_acq_rel);
}

static void signal(struct semaphore *semaphore)
{
	atomic_fetch_add_explicit(&semaphore->value, 1, memory_order_release);
	if (atomic_load_explicit(&semaphore->waiters, memory_order_acquire) > 0)
		syscall(SYS_futex, &semaphore->value, FUTEX_WAKE, 1, NULL, NULL, 0);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
