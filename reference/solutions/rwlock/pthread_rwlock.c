/* What POSIX threads have. */
#include <pthread.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_rwlock_t lock;
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	return pthread_rwlock_init(&lock->lock, NULL);
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_rwlock_rdlock(&lock->lock);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_rwlock_unlock(&lock->lock);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_rwlock_wrlock(&lock->lock);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_rwlock_unlock(&lock->lock);
}

static void destroy(struct rwlock *lock)
{
	pthread_rwlock_destroy(&lock->lock);
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
