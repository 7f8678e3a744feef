/* The value lies outside the struct: all semaphores are the same one. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t permit = PTHREAD_COND_INITIALIZER;
static unsigned permits;

struct semaphore {
	unsigned value;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = permits = value;
	return 0;
}

static void wait(struct semaphore *semaphore)
{
	(void)semaphore;
	pthread_mutex_lock(&mutex);
	while (permits == 0)
		pthread_cond_wait(&permit, &mutex);
	permits--;
	pthread_mutex_unlock(&mutex);
}

static void signal(struct semaphore *semaphore)
{
	(void)semaphore;
	pthread_mutex_lock(&mutex);
	permits++;
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
