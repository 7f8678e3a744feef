/* A mutex protects a stack of waiters, each of which sleeps on a condition variable of its own; release hands the lock
 * to the newest of them. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>

struct waiter {
	struct waiter *below;
	pthread_cond_t turn;
	bool granted;
};

struct lock {
	pthread_mutex_t mutex; /* protects everything here, and the waiters */
	bool held;
	struct waiter *top;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->held = false;
	lock->top = NULL;
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	if (lock->held) {
		struct waiter waiter = { .below = lock->top, .granted = false };
		pthread_cond_init(&waiter.turn, NULL);
		lock->top = &waiter;
		while (!waiter.granted)
			pthread_cond_wait(&waiter.turn, &lock->mutex);
		pthread_cond_destroy(&waiter.turn);
	}
	lock->held = true;
	pthread_mutex_unlock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	struct waiter *waiter = lock->top;
	if (waiter == NULL) {
		lock->held = false;
	} else {
		lock->top = waiter->below;
		waiter->granted = true;
		pthread_cond_signal(&waiter->turn);
	}
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct lock *lock)
{
	pthread_mutex_destroy(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
