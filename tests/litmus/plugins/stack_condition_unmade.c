/* The condition variable on the stack was never initialized. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*a condition variable is used that was never
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>
struct waiter {
	struct waiter *behind;
	pthread_mutex_t mutex;
	pthread_cond_t turn;
	bool go;
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
	struct waiter me;
	(void)self;
	me.behind = NULL;
	me.go = false;
	pthread_mutex_init(&me.mutex, NULL);
	pthread_mutex_lock(&l->mutex);
	if (!l->taken) {
		l->taken = true;
		pthread_mutex_unlock(&l->mutex);
		return;
	}
	*l->last = &me;
	l->last = &me.behind;
	pthread_mutex_unlock(&l->mutex);
	pthread_mutex_lock(&me.mutex);
	while (!me.go)
		pthread_cond_wait(&me.turn, &me.mutex);
	pthread_mutex_unlock(&me.mutex);
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
	if (first == NULL)
		return;
	pthread_mutex_lock(&first->mutex);
	first->go = true;
	pthread_cond_signal(&first->turn);
	pthread_mutex_unlock(&first->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
