/* A semaphore whose wait() counts its looks in thread-local memory, and one compare-exchange at a time. */
// test: semaphore-permits | -t 3 -r 1 -x 20000 -p 0x22 | capacity: pass
// test: semaphore-starvation | -t 2 -b 6 -p 4 | bounded-waiting: FAIL
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/semaphore.h>
struct semaphore {
	atomic_uint value;
};
static _Thread_local unsigned long looks;
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
		looks++;
		sched_yield();
	}
}
static void signal(struct semaphore *s)
{
	atomic_fetch_add(&s->value, 1);
}
const struct semaphore_plugin semaphore_plugin = { .abi = SEMAPHORE_PLUGIN_ABI,
						   .size = sizeof(struct semaphore),
						   .init = init,
						   .wait = wait,
						   .signal = signal };
