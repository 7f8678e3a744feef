/* A fair lock from an unfair one: a mutex protects a list of waiters, each of which sleeps on a condition variable of
 * its own, and release hands the lock to the first of them. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>

struct waiter {
	struct waiter *next;
	pthread_cond_t turn;
	bool granted;
};

struct lock {
	pthread_mutex_t mutex; /* protects everything here, and the waiters */
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

/* The waiter lies on this thread's stack, so it must be out of the list before we return: release takes it out. */
static void queue_up(struct lock *lock)
{
	struct waiter waiter = { .next = NULL, .granted = false };
	pthread_cond_init(&waiter.turn, NULL);
	*lock->end = &waiter;
	lock->end = &waiter.next;
	while (!waiter.granted)
		pthread_cond_wait(&waiter.turn, &lock->mutex);
	pthread_cond_destroy(&waiter.turn);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	if (lock->held)
		queue_up(lock);
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
		/* The lock stays held: it is handed over. */
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
