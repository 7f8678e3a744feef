/* The library's mutex as a semaphore: unlocked by whoever signals. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t mutex;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	pthread_mutexattr_t attributes;
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
	int error = pthread_mutex_init(&semaphore->mutex, &attributes);
	if (error == 0 && value == 0)
		error = pthread_mutex_lock(&semaphore->mutex);
	return error;
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_unlock(&semaphore->mutex);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
