/* signal hands its permit to the thread that has come last, which sleeps on a condition variable of its own. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/semaphore.h>

struct waiter {
	struct waiter *below;
	pthread_cond_t turn;
	bool granted;
};

struct semaphore {
	pthread_mutex_t mutex; /* protects everything here, and the waiters */
	unsigned value;        /* 0 whenever somebody waits */
	struct waiter *top;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	semaphore->value = value;
	semaphore->top = NULL;
	return pthread_mutex_init(&semaphore->mutex, NULL);
}

static void wait(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	if (semaphore->value > 0) {
		semaphore->value--;
	} else {
		struct waiter waiter = { .below = semaphore->top, .granted = false };
		pthread_cond_init(&waiter.turn, NULL);
		semaphore->top = &waiter;
		while (!waiter.granted)
			pthread_cond_wait(&waiter.turn, &semaphore->mutex);
		pthread_cond_destroy(&waiter.turn);
	}
	pthread_mutex_unlock(&semaphore->mutex);
}

static void signal(struct semaphore *semaphore)
{
	pthread_mutex_lock(&semaphore->mutex);
	struct waiter *waiter = semaphore->top;
	if (waiter == NULL) {
		semaphore->value++;
	} else {
		semaphore->top = waiter->below;
		waiter->granted = true;
		pthread_cond_signal(&waiter->turn);
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
