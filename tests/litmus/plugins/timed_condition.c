/* A condition variable, waited for with a time limit, in a loop. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass
// test: lock-counter | -t 2 -r 1 -p 8 | data-race: pass
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/lock.h>
#include <time.h>
struct lock {
	pthread_mutex_t mutex;
	pthread_cond_t released;
	bool held;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->held = false;
	pthread_cond_init(&l->released, NULL);
	return pthread_mutex_init(&l->mutex, NULL);
}
static void acquire(struct lock *l, unsigned self)
{
	struct timespec until = { .tv_sec = 1 };
	(void)self;
	pthread_mutex_lock(&l->mutex);
	while (l->held)
		pthread_cond_timedwait(&l->released, &l->mutex, &until);
	l->held = true;
	pthread_mutex_unlock(&l->mutex);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	l->held = false;
	pthread_cond_signal(&l->released);
	pthread_mutex_unlock(&l->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
