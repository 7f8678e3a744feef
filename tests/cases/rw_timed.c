#include <pthread.h>
#include <syncgrade/lock.h>
#include <time.h>
struct lock {
	pthread_rwlock_t l;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	return pthread_rwlock_init(&l->l, 0);
}
static void acquire(struct lock *l, unsigned self)
{
	struct timespec until = { .tv_sec = 4000000000 };
	(void)self;
	while (pthread_rwlock_timedwrlock(&l->l, &until) != 0)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_unlock(&l->l);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
