/* Writes one byte behind its object. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*writes outside of its object.s storage
#include <pthread.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
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
	(void)self;
	pthread_mutex_lock(&l->mutex);
	((volatile char *)l)[sizeof *l] = 1;
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
