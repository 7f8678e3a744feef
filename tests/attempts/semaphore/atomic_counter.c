/* With an atomic counter there is no need for a mutex. */
#include <stdatomic.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	atomic_int value;
};

static int init(struct semaphore *s, unsigned value)
{
	s->value = (int)value;
	return 0;
}

static void wait(struct semaphore *s)
{
	while (s->value <= 0)
		;
	s->value--;
}

static void signal(struct semaphore *s)
{
	s->value++;
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};

/* tells: reads semaphore->value (line 17) and writes it (line 19): between the two
 * lines: 32 */
