/* A mutex that is asked for again when the time is over. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass
// test: lock-counter | -t 2 -r 1 -p 2 | progress: pass
#include <pthread.h>
#include <syncgrade/lock.h>
#include <time.h>
struct lock {
	pthread_mutex_t mutex;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	return pthread_mutex_init(&l->mutex, NULL);
}
static void acquire(struct lock *l, unsigned self)
{
	struct timespec until = { .tv_sec = 1 };
	(void)self;
	while (pthread_mutex_timedlock(&l->mutex, &until) != 0)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
