#define STRAY
#include <pthread.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int taken;
	pthread_mutex_t m;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->taken, 0);
	return pthread_mutex_init(&l->m, 0);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
#ifdef STRAY
	pthread_mutex_unlock(&l->m); /* not locked: undefined */
#endif
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
