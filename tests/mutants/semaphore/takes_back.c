/* Takes first, and gives back what there was not. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/semaphore.h>

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
	while (atomic_fetch_sub(&semaphore->value, 1) <= 0) {
		atomic_fetch_add(&semaphore->value, 1);
		sched_yield();
	}
}

static void signal(struct semaphore *semaphore)
{
	atomic_fetch_add(&semaphore->value, 1);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
