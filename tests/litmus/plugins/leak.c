/* A block for each acquire, and none given back. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*2 blocks of the heap .16 bytes. are never freed
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass executions 2 .* complete
#include <pthread.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
	long *mine[2];
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	return pthread_mutex_init(&l->mutex, NULL);
}
static void destroy(struct lock *l)
{
	pthread_mutex_destroy(&l->mutex);
}
static void acquire(struct lock *l, unsigned self)
{
	l->mine[self] = malloc(sizeof *l->mine[self]);
	pthread_mutex_lock(&l->mutex);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
