/* Each way ends in an error before anybody gets in: nothing is known of who waits how long. */
// test: lock-starvation | -t 2 -b 6 -p 4 | bounded-waiting: inconclusive .*cut short
#include <pthread.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int taken;
	pthread_mutex_t mutex;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->taken, 0);
	return pthread_mutex_init(&l->mutex, NULL);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->mutex);
	while (atomic_exchange(&l->taken, 1))
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->taken, 0);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
