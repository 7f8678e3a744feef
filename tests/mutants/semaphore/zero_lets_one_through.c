/* Means to protect against a value of 0, with which nobody would ever come through. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t mutex;
	pthread_cond_t permit;
	unsigned value;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value > 0 ? value : 1;
	pthread_cond_init(&semaphore->permit, NULL);
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	while (semaphore->value == 0)
		pthread_cond_wait(&semaphore->permit, &semaphore->mutex);
	semaphore->value--;
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	semaphore->value++;
	pthread_cond_signal(&semaphore->permit);
	pthread_mutex_unlock(&semaphore->mutex);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
