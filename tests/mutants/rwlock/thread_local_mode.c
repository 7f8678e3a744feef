/* A readers-writers lock with one function to give it back: a thread-local variable remembers what for the thread has
 * it. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t mutex;
	pthread_cond_t left;
	unsigned readers; /* inside; protected by the mutex, as is what follows */
	bool writing;
};

/* Whether this thread writes. Under which lock? */
static _Thread_local bool writes;

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	int error = pthread_mutex_init(&lock->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&lock->left, NULL);
	lock->readers = 0;
	lock->writing = false;
	return error;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	while (lock->writing)
		pthread_cond_wait(&lock->left, &lock->mutex);
	lock->readers++;
	writes = false;
	pthread_mutex_unlock(&lock->mutex);
}

static void release(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	if (writes)
		lock->writing = false;
	else
		lock->readers--;
	pthread_cond_broadcast(&lock->left);
	pthread_mutex_unlock(&lock->mutex);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	while (lock->writing || lock->readers > 0)
		pthread_cond_wait(&lock->left, &lock->mutex);
	lock->writing = true;
	writes = true;
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct rwlock *lock)
{
	pthread_cond_destroy(&lock->left);
	pthread_mutex_destroy(&lock->mutex);
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = acquire_read,
	.release_read = release,
	.acquire_write = acquire_write,
	.release_write = release,
	.destroy = destroy,
};
