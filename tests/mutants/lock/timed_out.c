/* Timed waiting that takes running out of time for success. */
#define _GNU_SOURCE
#include <pthread.h>
#include <syncgrade/lock.h>
#include <time.h>

struct lock {
	pthread_mutex_t mutex;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 10;
	pthread_mutex_timedlock(&lock->mutex, &until);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
