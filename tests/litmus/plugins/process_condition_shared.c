/* A shared mutex, and a condition variable that is initialized to be shared too. */
// test: lock-processes | -t 2 -r 1 -p 0x200 | process-shared: pass .* complete
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
	pthread_cond_t free;
	bool held;
};
static int init(struct lock *l, unsigned n)
{
	pthread_mutexattr_t mutex;
	pthread_condattr_t condition;
	(void)n;
	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
	pthread_condattr_init(&condition);
	pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
	l->held = false;
	pthread_mutex_init(&l->mutex, &mutex);
	return pthread_cond_init(&l->free, &condition);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	while (l->held)
		pthread_cond_wait(&l->free, &l->mutex);
	l->held = true;
	pthread_mutex_unlock(&l->mutex);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	l->held = false;
	pthread_cond_signal(&l->free);
	pthread_mutex_unlock(&l->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
