/* Dekker's third attempt (Dijkstra 1965): raise the flag, then wait until the other's is down. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool wants[2];
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->wants[0], false);
	atomic_init(&lock->wants[1], false);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	atomic_store(&lock->wants[self], true);
	while (atomic_load(&lock->wants[1 - self]))
		;
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->wants[self], false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
