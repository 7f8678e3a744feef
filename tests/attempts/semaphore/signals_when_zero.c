/* Only signal if somebody can be waiting, i.e. if the count was 0. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t lock;
	pthread_cond_t nonzero;
	unsigned count;
};

static int init(struct semaphore *s, unsigned value)
{
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->nonzero, NULL);
	s->count = value;
	return 0;
}

static void wait(struct semaphore *s)
{
	pthread_mutex_lock(&s->lock);
	while (s->count == 0)
		pthread_cond_wait(&s->nonzero, &s->lock);
	s->count--;
	pthread_mutex_unlock(&s->lock);
}

static void signal(struct semaphore *s)
{
	pthread_mutex_lock(&s->lock);
	if (s->count == 0)
		pthread_cond_signal(&s->nonzero);
	s->count++;
	pthread_mutex_unlock(&s->lock);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};

/* tells: There were as many signals as waiting threads, and yet one still waits.
 * lines: 47 */
