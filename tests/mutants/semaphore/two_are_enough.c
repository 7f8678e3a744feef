/* A semaphore that wakes only while the value is small: two waiters are served, it was thought, by two wake-ups. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t mutex;
	pthread_cond_t permit;
	unsigned value; /* protected by the mutex */
};

static int init(struct semaphore *semaphore, unsigned value)
{
	int error = pthread_mutex_init(&semaphore->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&semaphore->permit, NULL);
	semaphore->value = value;
	return error;
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	/* A loop: the wait may end for no reason, and a newcomer may have taken the permit. */
	while (semaphore->value == 0)
		pthread_cond_wait(&semaphore->permit, &semaphore->mutex);
	semaphore->value--;
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	if (semaphore->value++ < 2)
		pthread_cond_signal(&semaphore->permit);
	pthread_mutex_unlock(&semaphore->mutex);
}

static void destroy(struct semaphore *semaphore)
{
	pthread_cond_destroy(&semaphore->permit);
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
