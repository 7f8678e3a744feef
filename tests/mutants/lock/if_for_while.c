/* Waits for the condition variable once, and believes it. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex;
	pthread_cond_t released;
	bool held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->held = false;
	pthread_cond_init(&lock->released, NULL);
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	if (lock->held)
		pthread_cond_wait(&lock->released, &lock->mutex);
	lock->held = true;
	pthread_mutex_unlock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->held = false;
	pthread_cond_signal(&lock->released);
	pthread_mutex_unlock(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
