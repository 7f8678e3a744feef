/* pthread_cleanup_push() in C: setjmp, and a registration that comes to nothing where nobody is cancelled. */
// test: lock-counter | -t 2 -r 2 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <pthread.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
	pthread_cond_t free;
	int held;
};
static int init(struct lock *l, unsigned threads)
{
	(void)threads;
	l->held = 0;
	pthread_cond_init(&l->free, NULL);
	return pthread_mutex_init(&l->mutex, NULL);
}
static void unlock(void *mutex)
{
	pthread_mutex_unlock(mutex);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	pthread_cleanup_push(unlock, &l->mutex);
	while (l->held)
		pthread_cond_wait(&l->free, &l->mutex);
	l->held = 1;
	pthread_cleanup_pop(1);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	l->held = 0;
	pthread_cond_signal(&l->free);
	pthread_mutex_unlock(&l->mutex);
}
static void destroy(struct lock *l)
{
	pthread_cond_destroy(&l->free);
	pthread_mutex_destroy(&l->mutex);
}
const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
					 .size = sizeof(struct lock),
					 .init = init,
					 .acquire = acquire,
					 .release = release,
					 .destroy = destroy };
