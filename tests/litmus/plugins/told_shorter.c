/* Skips the lock when it looks free. Of 32 threads not all executions are compared: the story is made shorter. */
// test: lock-counter | -t 32 -x 20 -p 1 | mutual-exclusion: FAIL .* switches 1 
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
	atomic_bool held;
	bool locked[LOCK_THREADS_MAX];
};
static int init(struct lock *lock, unsigned threads)
{
	for (unsigned i = 0; i < threads; i++)
		lock->locked[i] = false;
	atomic_init(&lock->held, false);
	return pthread_mutex_init(&lock->mutex, NULL);
}
static void acquire(struct lock *lock, unsigned self)
{
	lock->locked[self] = atomic_load(&lock->held);
	if (lock->locked[self])
		pthread_mutex_lock(&lock->mutex);
	atomic_store(&lock->held, true);
}
static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->held, false);
	if (lock->locked[self])
		pthread_mutex_unlock(&lock->mutex);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
