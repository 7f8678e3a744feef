/* Two mutexes, in opposite orders. */
// test: lock-counter | -t 2 -r 1 -p 2 | progress: FAIL .* switches 2 .*deadlock.*pthread_mutex_lock.*pthread_mutex_lock
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t a, b;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	pthread_mutex_init(&l->a, 0);
	pthread_mutex_init(&l->b, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	if (self == 0) {
		pthread_mutex_lock(&l->a);
		pthread_mutex_lock(&l->b);
	} else {
		pthread_mutex_lock(&l->b);
		pthread_mutex_lock(&l->a);
	}
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->a);
	pthread_mutex_unlock(&l->b);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
