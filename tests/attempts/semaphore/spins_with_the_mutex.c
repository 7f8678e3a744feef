/* The mutex protects the value. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t m;
	volatile int value;
};

static int init(struct semaphore *s, unsigned value)
{
	pthread_mutex_init(&s->m, NULL);
	s->value = (int)value;
	return 0;
}

static void wait(struct semaphore *s)
{
	pthread_mutex_lock(&s->m);
	while (s->value <= 0)
		;
	s->value--;
	pthread_mutex_unlock(&s->m);
}

static void signal(struct semaphore *s)
{
	pthread_mutex_lock(&s->m);
	s->value++;
	pthread_mutex_unlock(&s->m);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};

/* tells: with semaphore->m locked, and keeps out those that could end its wait.
 * lines: 37 */
