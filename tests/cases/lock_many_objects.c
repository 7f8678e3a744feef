/* A correct lock: first come, first served, each thread sleeps on its own condition variable under its own mutex; the
 * queue is guarded by a semaphore of one permit, which is the 65th object of the library. */
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex[LOCK_THREADS_MAX];
	pthread_cond_t turn[LOCK_THREADS_MAX];
	bool go[LOCK_THREADS_MAX];
	sem_t guard; /* of what follows */
	bool taken;
	unsigned queue[LOCK_THREADS_MAX], first, n;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	for (unsigned i = 0; i < LOCK_THREADS_MAX; i++) {
		pthread_mutex_init(&lock->mutex[i], NULL);
		pthread_cond_init(&lock->turn[i], NULL);
		lock->go[i] = false;
		lock->queue[i] = 0;
	}
	sem_init(&lock->guard, 0, 1);
	lock->taken = false;
	lock->first = lock->n = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	sem_wait(&lock->guard);
	if (!lock->taken) {
		lock->taken = true;
		sem_post(&lock->guard);
		return;
	}
	lock->queue[(lock->first + lock->n++) % LOCK_THREADS_MAX] = self;
	sem_post(&lock->guard);
	pthread_mutex_lock(&lock->mutex[self]);
	while (!lock->go[self])
		pthread_cond_wait(&lock->turn[self], &lock->mutex[self]);
	lock->go[self] = false;
	pthread_mutex_unlock(&lock->mutex[self]);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	sem_wait(&lock->guard);
	if (lock->n == 0) {
		lock->taken = false;
		sem_post(&lock->guard);
		return;
	}
	unsigned next = lock->queue[lock->first];
	lock->first = (lock->first + 1) % LOCK_THREADS_MAX;
	lock->n--;
	sem_post(&lock->guard);
	pthread_mutex_lock(&lock->mutex[next]);
	lock->go[next] = true;
	pthread_cond_signal(&lock->turn[next]);
	pthread_mutex_unlock(&lock->mutex[next]);
}

static void destroy(struct lock *lock)
{
	for (unsigned i = 0; i < LOCK_THREADS_MAX; i++) {
		pthread_mutex_destroy(&lock->mutex[i]);
		pthread_cond_destroy(&lock->turn[i]);
	}
	sem_destroy(&lock->guard);
}

const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
					 .size = sizeof(struct lock),
					 .init = init,
					 .acquire = acquire,
					 .release = release,
					 .destroy = destroy };
