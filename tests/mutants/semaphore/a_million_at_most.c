/* A million permits are believed to be enough for everybody. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

#define MOST 1000000u

struct semaphore {
	pthread_mutex_t mutex;
	pthread_cond_t more;
	unsigned value; /* protected by the mutex */
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	pthread_cond_init(&semaphore->more, NULL);
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	while (semaphore->value == 0)
		pthread_cond_wait(&semaphore->more, &semaphore->mutex);
	semaphore->value--;
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	if (semaphore->value < MOST)
		semaphore->value++;
	pthread_cond_signal(&semaphore->more);
	pthread_mutex_unlock(&semaphore->mutex);
}

static void destroy(struct semaphore *semaphore)
{
	pthread_cond_destroy(&semaphore->more);
	pthread_mutex_destroy(&semaphore->mutex);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
	.destroy = destroy,
};
