/* All wait for one who does not exist. */
// test: lock-counter | -t 2 -r 1 -p 2 | progress: FAIL .*thread 0 [a-z]+ in acquire.. .pthread_barrier_wait., thread 1
// [a-z]+ in acquire.. .pthread_barrier_wait
#include <pthread.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_barrier_t barrier;
	pthread_mutex_t mutex;
};
static int init(struct lock *l, unsigned n)
{
	pthread_barrier_init(&l->barrier, NULL, n + 1);
	return pthread_mutex_init(&l->mutex, NULL);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_barrier_wait(&l->barrier);
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
