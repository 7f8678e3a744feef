/* Destroyed, and made again by assignment. */
// test: lock-counter | -t 2 -r 2 -p 0x400 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
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

struct lock {
	pthread_mutex_t m, inner;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	pthread_mutex_init(&l->m, NULL);
	pthread_mutex_init(&l->inner, NULL);
	return 0;
}
static void acquire(struct lock *l, unsigned s)
{
	(void)s;
	pthread_mutex_lock(&l->m);
	pthread_mutex_lock(&l->inner);
	pthread_mutex_unlock(&l->inner);
	pthread_mutex_destroy(&l->inner);
	l->inner = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&l->inner);
	pthread_mutex_unlock(&l->inner);
}
static void release(struct lock *l, unsigned s)
{
	(void)s;
	pthread_mutex_unlock(&l->m);
}
static void destroy(struct lock *l)
{
	pthread_mutex_destroy(&l->m);
	pthread_mutex_destroy(&l->inner);
}

const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
					 .size = sizeof(struct lock),
					 .init = init,
					 .acquire = acquire,
					 .release = release,
					 .destroy = destroy };
