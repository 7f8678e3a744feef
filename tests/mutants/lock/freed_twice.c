/* Turns the light off twice. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct state {
	pthread_mutex_t mutex;
};

struct lock {
	struct state *state;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->state = malloc(sizeof(*lock->state));
	return lock->state != NULL ? pthread_mutex_init(&lock->state->mutex, NULL) : ENOMEM;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->state->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&lock->state->mutex);
}

static void destroy(struct lock *lock)
{
	free(lock->state);
	pthread_mutex_destroy(&lock->state->mutex);
	free(lock->state);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
