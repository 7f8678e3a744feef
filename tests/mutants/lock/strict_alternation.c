/* Dekker's first attempt (Dijkstra 1965): the threads take turns, whether they want to or not. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_uint turn;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->turn, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	while (atomic_load(&lock->turn) != self)
		;
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->turn, 1 - self);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
