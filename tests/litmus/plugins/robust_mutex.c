/* A robust mutex: one like all others, as long as nobody ends who holds it. */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass executions [0-9]+ blocked [0-9]+ complete
// test: lock-counter | -t 2 -r 2 -p 2 | progress: pass executions [0-9]+ blocked [0-9]+ complete
#include <errno.h>
#include <pthread.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
};
static int init(struct lock *l, unsigned n)
{
	pthread_mutexattr_t robust;
	(void)n;
	pthread_mutexattr_init(&robust);
	pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setprotocol(&robust, PTHREAD_PRIO_INHERIT);
	return pthread_mutex_init(&l->mutex, &robust);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	if (pthread_mutex_lock(&l->mutex) == EOWNERDEAD)
		pthread_mutex_consistent(&l->mutex);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->mutex);
}
static void destroy(struct lock *l)
{
	pthread_mutex_destroy(&l->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
