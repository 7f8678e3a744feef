#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t *m;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->m = malloc(sizeof *l->m);
	return pthread_mutex_init(l->m, 0);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(l->m);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(l->m);
}
static void destroy(struct lock *l)
{
	pthread_mutex_destroy(l->m);
	free(l->m);
}
const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
					 .size = sizeof(struct lock),
					 .init = init,
					 .acquire = acquire,
					 .release = release,
					 .destroy = destroy };
