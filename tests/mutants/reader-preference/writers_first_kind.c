/* POSIX threads' lock, of the kind that lets no reader in while a writer waits. */
#include <pthread.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_rwlock_t lock;
};

static int init(struct rwlock *lock, unsigned threads)
{
	pthread_rwlockattr_t kind;
	(void)threads;
	int error = pthread_rwlockattr_init(&kind);
	if (error != 0)
		return error;
	pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	error = pthread_rwlock_init(&lock->lock, &kind);
	pthread_rwlockattr_destroy(&kind);
	return error;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_rwlock_rdlock(&lock->lock);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_rwlock_wrlock(&lock->lock);
}

static void release(struct rwlock *lock, unsigned self)
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
	.release_read = release,
	.acquire_write = acquire_write,
	.release_write = release,
	.destroy = destroy,
};
