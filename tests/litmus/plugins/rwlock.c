/* A read-write lock, taken to write. */
// test: lock-counter | -t 2 -r 2 -p 0x409 | mutual-exclusion: pass executions 6 .* complete
// test: lock-counter | -t 2 -r 2 -p 2 | progress: pass .* complete
// test: lock-counter | -t 3 -r 1 -p 8 | data-race: pass executions 6 .* complete
#include <pthread.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_rwlock_t rwlock;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	return pthread_rwlock_init(&l->rwlock, NULL);
}
static void destroy(struct lock *l)
{
	pthread_rwlock_destroy(&l->rwlock);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_wrlock(&l->rwlock);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_unlock(&l->rwlock);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
