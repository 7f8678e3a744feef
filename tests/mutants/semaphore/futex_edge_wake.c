/* Wakes only when the value was 0. */
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>

struct semaphore {
	atomic_int value;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	atomic_init(&semaphore->value, (int)value);
	return 0;
}

static void wait(struct semaphore *semaphore)
{
	int value = atomic_load(&semaphore->value);
	for (;;) {
		while (value > 0)
			if (atomic_compare_exchange_weak(&semaphore->value, &value, value - 1))
				return;
		syscall(SYS_futex, &semaphore->value, FUTEX_WAIT, 0, NULL, NULL, 0);
		value = atomic_load(&semaphore->value);
	}
}

static void signal(struct semaphore *semaphore)
{
	if (atomic_fetch_add(&semaphore->value, 1) == 0)
		syscall(SYS_futex, &semaphore->value, FUTEX_WAKE, 1, NULL, NULL, 0);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
