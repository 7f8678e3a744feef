/* Who is let go may see it before the semaphore on its stack is posted, and return. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*may still use its local
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>
struct waiter {
	struct waiter *behind;
	sem_t go;
	atomic_bool gone;
};
struct lock {
	pthread_mutex_t mutex;
	bool taken;
	struct waiter *first, **last;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->taken = false;
	l->first = NULL;
	l->last = &l->first;
	return pthread_mutex_init(&l->mutex, NULL);
}
static void acquire(struct lock *l, unsigned self)
{
	struct waiter me = { .behind = NULL };
	(void)self;
	pthread_mutex_lock(&l->mutex);
	if (!l->taken) {
		l->taken = true;
		pthread_mutex_unlock(&l->mutex);
		return;
	}
	sem_init(&me.go, 0, 0);
	atomic_init(&me.gone, false);
	*l->last = &me;
	l->last = &me.behind;
	pthread_mutex_unlock(&l->mutex);
	while (!atomic_load(&me.gone))
		sem_wait(&me.go);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	struct waiter *first = l->first;
	if (first == NULL)
		l->taken = false;
	else if ((l->first = first->behind) == NULL)
		l->last = &l->first;
	pthread_mutex_unlock(&l->mutex);
	if (first != NULL) {
		atomic_store(&first->gone, true);
		sem_post(&first->go);
	}
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
