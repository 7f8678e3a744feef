/* Do not take the mutex if there is nothing to get. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t m;
	pthread_cond_t c;
	int permits;
};

static int init(struct semaphore *s, unsigned value)
{
	pthread_mutex_init(&s->m, NULL);
	pthread_cond_init(&s->c, NULL);
	s->permits = (int)value;
	return 0;
}

static void wait(struct semaphore *s)
{
	while (s->permits == 0) {
		pthread_mutex_lock(&s->m);
		pthread_cond_wait(&s->c, &s->m);
		pthread_mutex_unlock(&s->m);
	}
	pthread_mutex_lock(&s->m);
	s->permits--;
	pthread_mutex_unlock(&s->m);
}

static void signal(struct semaphore *s)
{
	pthread_mutex_lock(&s->m);
	s->permits++;
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

/* tells: nothing orders the two: it has to be atomic, or under one mutex.
 * lines: 32 */
