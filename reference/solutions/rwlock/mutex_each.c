/* A mutex for each reader, and a writer takes all of them: readers never write what another one reads. A writer may
 * starve at one of them, as their mutexes allow. */
#include <pthread.h>
#include <stddef.h>
#include <syncgrade/rwlock.h>

struct seat {
	_Alignas(64) pthread_mutex_t mutex;
};

struct rwlock {
	unsigned seats;
	struct seat seat[RWLOCK_THREADS_MAX];
};

static int init(struct rwlock *lock, unsigned threads)
{
	lock->seats = threads;
	for (unsigned i = 0; i < threads; i++) {
		int error = pthread_mutex_init(&lock->seat[i].mutex, NULL);
		if (error != 0)
			return error;
	}
	return 0;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	pthread_mutex_lock(&lock->seat[self].mutex);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	pthread_mutex_unlock(&lock->seat[self].mutex);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	for (unsigned i = 0; i < lock->seats; i++)
		pthread_mutex_lock(&lock->seat[i].mutex);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	for (unsigned i = 0; i < lock->seats; i++)
		pthread_mutex_unlock(&lock->seat[i].mutex);
}

static void destroy(struct rwlock *lock)
{
	for (unsigned i = 0; i < lock->seats; i++)
		pthread_mutex_destroy(&lock->seat[i].mutex);
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
