/* Who waits to read is counted in four bits: of sixteen, the writer that leaves wakes none. */
#include <pthread.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t mutex;
	pthread_cond_t readable, writable;
	unsigned readers : 6;
	unsigned waiting : 4; /* to read */
	unsigned writing : 1;
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	lock->readers = lock->waiting = lock->writing = 0;
	pthread_cond_init(&lock->readable, NULL);
	pthread_cond_init(&lock->writable, NULL);
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->waiting++;
	while (lock->writing)
		pthread_cond_wait(&lock->readable, &lock->mutex);
	lock->waiting--;
	lock->readers++;
	pthread_mutex_unlock(&lock->mutex);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	if (--lock->readers == 0)
		pthread_cond_signal(&lock->writable);
	pthread_mutex_unlock(&lock->mutex);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	while (lock->writing || lock->readers > 0)
		pthread_cond_wait(&lock->writable, &lock->mutex);
	lock->writing = 1;
	pthread_mutex_unlock(&lock->mutex);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->writing = 0;
	pthread_cond_signal(&lock->writable);
	if (lock->waiting > 0)
		pthread_cond_broadcast(&lock->readable);
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct rwlock *lock)
{
	pthread_mutex_destroy(&lock->mutex);
	pthread_cond_destroy(&lock->readable);
	pthread_cond_destroy(&lock->writable);
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
