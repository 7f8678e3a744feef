/* Tickets under a mutex that is shared between processes, and a condition variable that is not. */
#include <pthread.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex;
	pthread_cond_t served;
	unsigned next, serving; /* protected by the mutex */
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	pthread_mutexattr_t attributes;
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	lock->next = lock->serving = 0;
	pthread_mutex_init(&lock->mutex, &attributes);
	return pthread_cond_init(&lock->served, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	unsigned mine = lock->next++;
	while (lock->serving != mine)
		pthread_cond_wait(&lock->served, &lock->mutex);
	pthread_mutex_unlock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->serving++;
	pthread_cond_broadcast(&lock->served);
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct lock *lock)
{
	pthread_cond_destroy(&lock->served);
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
