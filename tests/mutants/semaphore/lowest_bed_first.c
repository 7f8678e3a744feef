/* Who has to wait lies down in the lowest bed that is free; signal hands its permit to who lies in the lowest. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/semaphore.h>

#define BEDS 64u

struct semaphore {
	pthread_mutex_t mutex; /* protects value and bed */
	unsigned value;        /* 0 whenever somebody waits */
	sem_t *bed[BEDS];      /* of who lies in it; NULL: free */
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	for (unsigned i = 0; i < BEDS; i++)
		semaphore->bed[i] = NULL;
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	unsigned bed = 0;
	sem_t woken;
	pthread_mutex_lock(&semaphore->mutex);
	bool sleeps = semaphore->value == 0;
	if (!sleeps) {
		semaphore->value--;
	} else {
		sem_init(&woken, 0, 0);
		while (semaphore->bed[bed] != NULL)
			bed++;
		semaphore->bed[bed] = &woken;
	}
	pthread_mutex_unlock(&semaphore->mutex);
	while (sleeps && sem_wait(&woken) != 0)
		;
	if (sleeps)
		sem_destroy(&woken);
}

static void signal(struct semaphore *semaphore)
{
	unsigned bed = 0;
	pthread_mutex_lock(&semaphore->mutex);
	while (bed < BEDS && semaphore->bed[bed] == NULL)
		bed++;
	if (bed == BEDS) {
		semaphore->value++;
	} else {
		sem_t *woken = semaphore->bed[bed];
		semaphore->bed[bed] = NULL;
		sem_post(woken);
	}
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
