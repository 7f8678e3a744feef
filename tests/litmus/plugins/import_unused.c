/* It could make a thread, and does not: what is not called is no reason to give up. */
// test: lock-counter | -t 2 -r 1 -p 0x401 | memory-safety: pass executions 2 blocked 0 complete
#include <pthread.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
	atomic_int helpers;
};
static void *help(void *argument)
{
	return argument;
}
static int init(struct lock *l, unsigned n)
{
	atomic_init(&l->helpers, 0);
	if (n > 1000) {
		pthread_t helper;
		pthread_create(&helper, NULL, help, l);
		pthread_join(helper, NULL);
	}
	return pthread_mutex_init(&l->mutex, NULL);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
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
};
