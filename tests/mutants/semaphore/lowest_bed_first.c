/* Who has to wait sleeps in the lowest bed that is free; signal hands its permit to the lowest bed that is not. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <syncgrade/semaphore.h>

#define BEDS 64u

struct semaphore {
	pthread_mutex_t mutex; /* protects value and taken */
	unsigned value;        /* 0 whenever somebody waits */
	bool taken[BEDS];
	sem_t bed[BEDS];
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	for (unsigned i = 0; i < BEDS; i++) {
		semaphore->taken[i] = false;
		sem_init(&semaphore->bed[i], 0, 0);
	}
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	unsigned bed = 0;
	pthread_mutex_lock(&semaphore->mutex);
	bool sleeps = semaphore->value == 0;
	if (!sleeps) {
		semaphore->value--;
	} else {
		while (semaphore->taken[bed])
			bed++;
		semaphore->taken[bed] = true;
	}
	pthread_mutex_unlock(&semaphore->mutex);
	while (sleeps && sem_wait(&semaphore->bed[bed]) != 0)
		;
}

static void signal(struct semaphore *semaphore)
{
	unsigned bed = 0;
	pthread_mutex_lock(&semaphore->mutex);
	while (bed < BEDS && !semaphore->taken[bed])
		bed++;
	if (bed == BEDS) {
		semaphore->value++;
	} else {
		semaphore->taken[bed] = false;
		sem_post(&semaphore->bed[bed]);
	}
	pthread_mutex_unlock(&semaphore->mutex);
}

static void destroy(struct semaphore *semaphore)
{
	for (unsigned i = 0; i < BEDS; i++)
		sem_destroy(&semaphore->bed[i]);
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
