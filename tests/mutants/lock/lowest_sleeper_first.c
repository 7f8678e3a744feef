/* A mutex protects who waits, each of whom sleeps on a condition variable of its own; release hands the lock to the
 * lowest number of them. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex; /* protects everything here */
	pthread_cond_t turn[LOCK_THREADS_MAX];
	bool held, wants[LOCK_THREADS_MAX];
	unsigned threads;
};

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = threads;
	lock->held = false;
	for (unsigned i = 0; i < threads; i++) {
		lock->wants[i] = false;
		pthread_cond_init(&lock->turn[i], NULL);
	}
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	pthread_mutex_lock(&lock->mutex);
	if (lock->held) {
		lock->wants[self] = true;
		while (lock->wants[self])
			pthread_cond_wait(&lock->turn[self], &lock->mutex);
	}
	lock->held = true;
	pthread_mutex_unlock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	unsigned next = 0;
	while (next < lock->threads && !lock->wants[next])
		next++;
	if (next == lock->threads) {
		lock->held = false;
	} else {
		/* The lock stays held: it is handed over. */
		lock->wants[next] = false;
		pthread_cond_signal(&lock->turn[next]);
	}
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct lock *lock)
{
	for (unsigned i = 0; i < lock->threads; i++)
		pthread_cond_destroy(&lock->turn[i]);
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
