/* A semaphore that looks at its value until there is a permit. */
#include <stdatomic.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	atomic_uint value;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	atomic_init(&semaphore->value, value);
	return 0;
}

static void wait(struct semaphore *semaphore)
{
	unsigned value = atomic_load_explicit(&semaphore->value, memory_order_relaxed);
	while (value == 0 || !atomic_compare_exchange_weak_explicit(&semaphore->value, &value, value - 1,
								    memory_order_acquire, memory_order_relaxed)) {
		value = atomic_load_explicit(&semaphore->value, memory_order_relaxed);
	}
}

static void signal(struct semaphore *semaphore)
{
	atomic_fetch_add_explicit(&semaphore->value, 1, memory_order_release);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
