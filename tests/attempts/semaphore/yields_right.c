/* Compare and swap until there is a permit. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	atomic_uint value;
};

static int init(struct semaphore *s, unsigned value)
{
	atomic_init(&s->value, value);
	return 0;
}

static void wait(struct semaphore *s)
{
	for (;;) {
		unsigned v = atomic_load(&s->value);
		if (v > 0 && atomic_compare_exchange_strong(&s->value, &v, v - 1))
			return;
		sched_yield();
	}
}

static void signal(struct semaphore *s)
{
	atomic_fetch_add(&s->value, 1);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};

/* tells: burns the processor while it waits: wait() yields and looks
 * lines: 25 */
