/* A readers-writers lock whose writer sees to it that those who waited for it have been through before it comes back.
 */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t mutex;
	pthread_cond_t left;
	unsigned readers; /* inside; protected by the mutex, as is what follows */
	unsigned waiting; /* readers that wait for a writer */
	unsigned visits;  /* of readers that are over */
	bool writing;
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	int error = pthread_mutex_init(&lock->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&lock->left, NULL);
	lock->readers = 0;
	lock->waiting = lock->visits = 0;
	lock->writing = false;
	return error;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->waiting++;
	while (lock->writing)
		pthread_cond_wait(&lock->left, &lock->mutex);
	lock->waiting--;
	lock->readers++;
	pthread_mutex_unlock(&lock->mutex);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->readers--;
	lock->visits++;
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
	pthread_mutex_unlock(&lock->mutex);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->writing = false;
	pthread_cond_broadcast(&lock->left);
	unsigned enough = lock->visits + lock->waiting;
	while ((int)(lock->visits - enough) < 0)
		pthread_cond_wait(&lock->left, &lock->mutex);
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
	.release_read = release_read,
	.acquire_write = acquire_write,
	.release_write = release_write,
	.destroy = destroy,
};
