/* Fast path first. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t m;
	pthread_cond_t c;
	unsigned count;
};

static int init(struct semaphore *s, unsigned value)
{
	pthread_mutex_init(&s->m, NULL);
	pthread_cond_init(&s->c, NULL);
	s->count = value;
	return 0;
}

static void wait(struct semaphore *s)
{
	pthread_mutex_lock(&s->m);
	if (s->count > 0) {
		s->count--;
		return;
	}
	while (s->count == 0)
		pthread_cond_wait(&s->c, &s->m);
	s->count--;
	pthread_mutex_unlock(&s->m);
}

static void signal(struct semaphore *s)
{
	pthread_mutex_lock(&s->m);
	s->count++;
	pthread_cond_signal(&s->c);
	pthread_mutex_unlock(&s->m);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};

/* tells: wait() returned with semaphore->m still locked (line 21).
 * lines: 26 */
