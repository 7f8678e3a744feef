/* A mutex, and nothing else. */
#include <pthread.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t mutex;
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&lock->mutex);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct rwlock *lock)
{
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
