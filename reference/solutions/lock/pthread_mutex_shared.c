/* The lock of the library, for processes: it lies in memory that they share, and has been told so. */
#include <pthread.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct lock {
	pthread_mutex_t mutex;
};

static int init(struct lock *lock, unsigned threads)
{
	pthread_mutexattr_t attributes;
	int error = pthread_mutexattr_init(&attributes);
	(void)threads;
	if (error != 0)
		return error;
	error = pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	if (error == 0)
		error = pthread_mutex_init(&lock->mutex, &attributes);
	pthread_mutexattr_destroy(&attributes);
	return error;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	if (pthread_mutex_lock(&lock->mutex) != 0)
		abort();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	if (pthread_mutex_unlock(&lock->mutex) != 0)
		abort();
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
