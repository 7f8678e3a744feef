/* C11's own mutex. gcc 12's ThreadSanitizer does not know it, and reports races that are none. */
#include <errno.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
#include <threads.h>

struct lock {
	mtx_t mutex;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	return mtx_init(&lock->mutex, mtx_plain) == thrd_success ? 0 : ENOMEM;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	if (mtx_lock(&lock->mutex) != thrd_success)
		abort();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	if (mtx_unlock(&lock->mutex) != thrd_success)
		abort();
}

static void destroy(struct lock *lock)
{
	mtx_destroy(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
