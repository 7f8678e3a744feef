/* A fair semaphore by counting: the n-th wait goes on when n permits have been given, the first ones included. A
 * broadcast wakes all, and each looks whether it is its turn. (After Reed and Kanodia's eventcounts and sequencers,
 * 1979.) */
#include <pthread.h>
#include <stdint.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t mutex;
	pthread_cond_t given_more;
	uint64_t given, asked; /* protected by the mutex; 64 bits never wrap around */
};

/* For threads of more than one process: the object may lie in memory that they share. */
static int init_shared(pthread_mutex_t *mutex, pthread_cond_t *conditions, unsigned n)
{
	pthread_mutexattr_t mutex_attributes;
	pthread_condattr_t condition_attributes;
	int error = pthread_mutexattr_init(&mutex_attributes);
	if (error == 0)
		error = pthread_mutexattr_setpshared(&mutex_attributes, PTHREAD_PROCESS_SHARED);
	if (error == 0)
		error = pthread_mutex_init(mutex, &mutex_attributes);
	if (error == 0)
		error = pthread_condattr_init(&condition_attributes);
	if (error == 0)
		error = pthread_condattr_setpshared(&condition_attributes, PTHREAD_PROCESS_SHARED);
	for (unsigned i = 0; i < n && error == 0; i++)
		error = pthread_cond_init(&conditions[i], &condition_attributes);
	return error;
}

static int init(struct semaphore *semaphore, unsigned value)
{
	int error = init_shared(&semaphore->mutex, &semaphore->given_more, 1);
	semaphore->given = value;
	semaphore->asked = 0;
	return error;
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	uint64_t ticket = semaphore->asked++;
	while (ticket >= semaphore->given)
		pthread_cond_wait(&semaphore->given_more, &semaphore->mutex);
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	semaphore->given++;
	/* A single signal could wake one whose turn it is not. */
	pthread_cond_broadcast(&semaphore->given_more);
	pthread_mutex_unlock(&semaphore->mutex);
}

static void destroy(struct semaphore *semaphore)
{
	pthread_cond_destroy(&semaphore->given_more);
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
