/* A flag for each reader, and there are sixteen of them: whoever shares one takes it down for both. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/rwlock.h>

#define MANY 16u

struct rwlock {
	pthread_mutex_t gate;
	atomic_int reads[MANY];
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	for (unsigned i = 0; i < MANY; i++)
		atomic_init(&lock->reads[i], 0);
	return pthread_mutex_init(&lock->gate, NULL);
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	pthread_mutex_lock(&lock->gate);
	atomic_store(&lock->reads[self % MANY], 1);
	pthread_mutex_unlock(&lock->gate);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	atomic_store(&lock->reads[self % MANY], 0);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->gate);
	for (unsigned i = 0; i < MANY; i++) {
		while (atomic_load(&lock->reads[i]))
			sched_yield();
	}
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&lock->gate);
}

static void destroy(struct rwlock *lock)
{
	pthread_mutex_destroy(&lock->gate);
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
