/* Who is inside is kept once for all locks. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t mutex;
	pthread_cond_t may_read, may_write;
};

static unsigned readers; /* inside or waiting; protected by the mutex, as is what follows */
static bool writing;

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	int error = pthread_mutex_init(&lock->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&lock->may_read, NULL);
	if (error == 0)
		error = pthread_cond_init(&lock->may_write, NULL);
	readers = 0;
	writing = false;
	return error;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	readers++;
	while (writing)
		pthread_cond_wait(&lock->may_read, &lock->mutex);
	pthread_mutex_unlock(&lock->mutex);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	if (--readers == 0)
		pthread_cond_signal(&lock->may_write);
	pthread_mutex_unlock(&lock->mutex);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	while (writing || readers > 0)
		pthread_cond_wait(&lock->may_write, &lock->mutex);
	writing = true;
	pthread_mutex_unlock(&lock->mutex);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	writing = false;
	/* The last reader tells a writer, if there are readers. */
	if (readers > 0)
		pthread_cond_broadcast(&lock->may_read);
	else
		pthread_cond_signal(&lock->may_write);
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct rwlock *lock)
{
	pthread_cond_destroy(&lock->may_write);
	pthread_cond_destroy(&lock->may_read);
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
