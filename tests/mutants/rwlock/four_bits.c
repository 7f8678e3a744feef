/* The readers inside are counted in four bits, beside the writer's: sixteen of them are none. */
#include <pthread.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	unsigned readers : 4;
	unsigned writing : 1;
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	lock->readers = 0;
	lock->writing = 0;
	int error = pthread_mutex_init(&lock->mutex, NULL);
	return error != 0 ? error : pthread_cond_init(&lock->changed, NULL);
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	while (lock->writing)
		pthread_cond_wait(&lock->changed, &lock->mutex);
	lock->readers++;
	pthread_mutex_unlock(&lock->mutex);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	if (--lock->readers == 0)
		pthread_cond_broadcast(&lock->changed);
	pthread_mutex_unlock(&lock->mutex);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	while (lock->writing || lock->readers > 0)
		pthread_cond_wait(&lock->changed, &lock->mutex);
	lock->writing = 1;
	pthread_mutex_unlock(&lock->mutex);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->writing = 0;
	pthread_cond_broadcast(&lock->changed);
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct rwlock *lock)
{
	pthread_mutex_destroy(&lock->mutex);
	pthread_cond_destroy(&lock->changed);
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
