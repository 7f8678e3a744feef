/* Remembers across destroy and init that it has been made already. */
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

static bool made;

struct lock {
	pthread_mutex_t *mutex;
};

static pthread_mutex_t *shared;

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	if (!made) {
		shared = malloc(sizeof(*shared));
		pthread_mutex_init(shared, NULL);
		made = true;
	}
	lock->mutex = shared;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
