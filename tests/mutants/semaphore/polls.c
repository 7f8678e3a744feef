/* Looks under a mutex whether there is a permit, and looks again. */
#include <pthread.h>
#include <sched.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t mutex;
	unsigned value; /* protected by the mutex */
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	while (semaphore->value == 0) {
		pthread_mutex_unlock(&semaphore->mutex);
		sched_yield();
		pthread_mutex_lock(&semaphore->mutex);
	}
	semaphore->value--;
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	semaphore->value++;
	pthread_mutex_unlock(&semaphore->mutex);
}

static void destroy(struct semaphore *semaphore)
{
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
