/* A CLH lock whose threads use their own node again, which their successor may still be watching. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool busy[LOCK_THREADS_MAX + 1];
	atomic_uint tail;
};

static int init(struct lock *lock, unsigned threads)
{
	for (unsigned i = 0; i <= threads; i++)
		atomic_init(&lock->busy[i], false);
	atomic_init(&lock->tail, threads);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	atomic_store(&lock->busy[self], true);
	unsigned previous = atomic_exchange(&lock->tail, self);
	while (atomic_load(&lock->busy[previous]))
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->busy[self], false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
