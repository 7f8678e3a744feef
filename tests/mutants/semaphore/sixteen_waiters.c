/* Who waits has a flag of its own, and there are sixteen of them: the seventeenth shares the first one's. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/semaphore.h>

#define PLACES 16u

struct semaphore {
	pthread_mutex_t mutex;
	unsigned value, first, behind; /* protected by the mutex, as are the flags */
	bool go[PLACES];
	pthread_cond_t called[PLACES];
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	semaphore->first = semaphore->behind = 0;
	for (unsigned i = 0; i < PLACES; i++) {
		semaphore->go[i] = false;
		pthread_cond_init(&semaphore->called[i], NULL);
	}
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	if (semaphore->value > 0) {
		semaphore->value--;
	} else {
		unsigned place = semaphore->behind++ % PLACES;
		while (!semaphore->go[place])
			pthread_cond_wait(&semaphore->called[place], &semaphore->mutex);
		semaphore->go[place] = false;
	}
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	if (semaphore->first != semaphore->behind) {
		unsigned place = semaphore->first++ % PLACES;
		semaphore->go[place] = true;
		pthread_cond_signal(&semaphore->called[place]);
	} else {
		semaphore->value++;
	}
	pthread_mutex_unlock(&semaphore->mutex);
}

static void destroy(struct semaphore *semaphore)
{
	for (unsigned i = 0; i < PLACES; i++)
		pthread_cond_destroy(&semaphore->called[i]);
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
