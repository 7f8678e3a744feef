/* A read-write lock, taken for writing, initialized for one process. */
// test: lock-processes | -t 2 -r 1 -p 0x200 | process-shared: FAIL .*processes 0 and 1 use the same read-write lock
#include <pthread.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_rwlock_t lock;
};
static int init(struct lock *l, unsigned n)
{
	pthread_rwlockattr_t attributes;
	(void)n;
	pthread_rwlockattr_init(&attributes);
	pthread_rwlockattr_setpshared(&attributes, PTHREAD_PROCESS_PRIVATE);
	return pthread_rwlock_init(&l->lock, &attributes);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_wrlock(&l->lock);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_unlock(&l->lock);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
