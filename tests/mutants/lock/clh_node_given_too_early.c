/* A CLH lock that lowers its flag before it has noted its next node. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool busy[LOCK_THREADS_MAX + 1];
	atomic_uint tail;
	struct {
		unsigned previous;
	} of[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	for (unsigned i = 0; i <= threads; i++)
		atomic_init(&lock->busy[i], false);
	for (unsigned i = 0; i < threads; i++)
		lock->of[i].previous = i;
	atomic_init(&lock->tail, threads);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	unsigned node = lock->of[0].previous;
	atomic_store(&lock->busy[node], true);
	unsigned previous = atomic_exchange(&lock->tail, node);
	while (atomic_load(&lock->busy[previous]))
		sched_yield();
	lock->of[0].previous = previous;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->busy[lock->of[0].previous], false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
