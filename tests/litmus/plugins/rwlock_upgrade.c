/* Takes to read first, and then to write: each waits for the other to stop reading. */
// test: lock-counter | -t 2 -r 1 -p 2 | progress: FAIL .*deadlock: .*pthread_rwlock_wrlock
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
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_rdlock(&l->rwlock);
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
};
