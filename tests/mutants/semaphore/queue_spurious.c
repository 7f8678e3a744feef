/* A fair semaphore that takes every return of the condition variable for its turn. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/semaphore.h>

struct waiter {
	struct waiter *next;
	pthread_cond_t turn;
};

struct semaphore {
	pthread_mutex_t mutex;
	unsigned value;
	struct waiter *first, **end;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	semaphore->first = NULL;
	semaphore->end = &semaphore->first;
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	if (semaphore->value > 0) {
		semaphore->value--;
	} else {
		struct waiter waiter = { .next = NULL };
		pthread_cond_init(&waiter.turn, NULL);
		*semaphore->end = &waiter;
		semaphore->end = &waiter.next;
		pthread_cond_wait(&waiter.turn, &semaphore->mutex);
		pthread_cond_destroy(&waiter.turn);
	}
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	struct waiter *waiter = semaphore->first;
	if (waiter == NULL) {
		semaphore->value++;
	} else {
		semaphore->first = waiter->next;
		if (semaphore->first == NULL)
			semaphore->end = &semaphore->first;
		pthread_cond_signal(&waiter->turn);
	}
	pthread_mutex_unlock(&semaphore->mutex);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};
