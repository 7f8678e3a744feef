/* The same, with a count that orders nothing. */
// test: lock-counter | -t 2 -r 2 -p 0x400 | memory-safety: FAIL .*destroys a condition variable while
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <threads.h>
#include <unistd.h>

struct obj {
	atomic_int refs;
	pthread_mutex_t m;
	pthread_cond_t c;
	int open;
};
struct lock {
	pthread_mutex_t m;
	bool taken;
	struct obj *q;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->taken = false;
	l->q = NULL;
	return pthread_mutex_init(&l->m, NULL);
}
static void put(struct obj *o)
{
	if (atomic_fetch_sub_explicit(&o->refs, 1, memory_order_relaxed) == 1) {
		pthread_mutex_destroy(&o->m);
		pthread_cond_destroy(&o->c);
		free(o);
	}
}
static void acquire(struct lock *l, unsigned s)
{
	(void)s;
	for (;;) {
		pthread_mutex_lock(&l->m);
		if (!l->taken) {
			l->taken = true;
			pthread_mutex_unlock(&l->m);
			return;
		}
		struct obj *o = l->q;
		if (!o) {
			o = l->q = malloc(sizeof *o);
			atomic_init(&o->refs, 1);
			pthread_mutex_init(&o->m, NULL);
			pthread_cond_init(&o->c, NULL);
			o->open = 0;
		}
		atomic_fetch_add_explicit(&o->refs, 1, memory_order_relaxed);
		pthread_mutex_unlock(&l->m);
		pthread_mutex_lock(&o->m);
		while (!o->open)
			pthread_cond_wait(&o->c, &o->m);
		pthread_mutex_unlock(&o->m);
		put(o);
	}
}
static void release(struct lock *l, unsigned s)
{
	(void)s;
	pthread_mutex_lock(&l->m);
	struct obj *o = l->q;
	l->q = NULL;
	l->taken = false;
	pthread_mutex_unlock(&l->m);
	if (o) {
		pthread_mutex_lock(&o->m);
		o->open = 1;
		pthread_mutex_unlock(&o->m);
		pthread_cond_broadcast(&o->c);
		put(o);
	}
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
