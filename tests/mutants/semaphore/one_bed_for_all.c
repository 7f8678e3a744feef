/* A semaphore on a mutex and a condition variable, of which there is one for all semaphores. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	unsigned value; /* protected by the mutex */
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t permit = PTHREAD_COND_INITIALIZER;

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	return 0;
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&mutex);
	/* A loop: the wait may end for no reason, and a newcomer may have taken the permit. */
	while (semaphore->value == 0)
		pthread_cond_wait(&permit, &mutex);
	semaphore->value--;
	pthread_mutex_unlock(&mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&mutex);
	semaphore->value++;
	/* Every time, not only when the value was 0: there may be more than one waiter. */
	pthread_cond_signal(&permit);
	pthread_mutex_unlock(&mutex);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
