/* Each waits on a semaphore on its own stack; who lets it go touches that last, and by sem_post() alone. */
// test: lock-counter | -t 3 -r 1 -p 0x400 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
// test: lock-counter | -t 2 -r 2 -p 2 | progress: pass
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>
struct waiter {
	struct waiter *behind;
	sem_t go;
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
	*l->last = &me;
	l->last = &me.behind;
	pthread_mutex_unlock(&l->mutex);
	sem_wait(&me.go);
	sem_destroy(&me.go);
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
	if (first != NULL)
		sem_post(&first->go);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
