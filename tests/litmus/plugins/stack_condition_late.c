/* Signalled after the mutex was unlocked: who waits may have seen it, and returned. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*may still use its local
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
	struct waiter me = { .behind = NULL, .mutex = PTHREAD_MUTEX_INITIALIZER, .turn = PTHREAD_COND_INITIALIZER };
	(void)self;
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
	pthread_mutex_unlock(&first->mutex);
	pthread_cond_signal(&first->turn);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
