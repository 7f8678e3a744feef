/* The n-th wait goes on at the n-th permit, and a single signal may wake the wrong one. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t mutex;
	pthread_cond_t given_more;
	unsigned long given, asked;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->given = value;
	semaphore->asked = 0;
	pthread_cond_init(&semaphore->given_more, NULL);
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	unsigned long ticket = semaphore->asked++;
	while (ticket >= semaphore->given)
		pthread_cond_wait(&semaphore->given_more, &semaphore->mutex);
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	semaphore->given++;
	pthread_cond_signal(&semaphore->given_more);
	pthread_mutex_unlock(&semaphore->mutex);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
