/* A queue lock that takes every return of the condition variable for its turn. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>

struct waiter {
	struct waiter *next;
	pthread_cond_t turn;
};

struct lock {
	pthread_mutex_t mutex;
	bool held;
	struct waiter *first, **end;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->held = false;
	lock->first = NULL;
	lock->end = &lock->first;
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	if (lock->held) {
		struct waiter waiter = { .next = NULL };
		pthread_cond_init(&waiter.turn, NULL);
		*lock->end = &waiter;
		lock->end = &waiter.next;
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
	struct waiter *waiter = lock->first;
	if (waiter == NULL) {
		lock->held = false;
	} else {
		lock->first = waiter->next;
		if (lock->first == NULL)
			lock->end = &lock->first;
		pthread_cond_signal(&waiter->turn);
	}
	pthread_mutex_unlock(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
