/* A CLH lock that queues up before it has raised its flag. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool busy[LOCK_THREADS_MAX + 1];
	atomic_uint tail;
	struct {
		unsigned node, previous;
	} of[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	for (unsigned i = 0; i <= threads; i++)
		atomic_init(&lock->busy[i], false);
	for (unsigned i = 0; i < threads; i++)
		lock->of[i].node = i;
	atomic_init(&lock->tail, threads);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned node = lock->of[self].node;
	unsigned previous = atomic_exchange(&lock->tail, node);
	atomic_store(&lock->busy[node], true);
	while (atomic_load(&lock->busy[previous]))
		sched_yield();
	lock->of[self].previous = previous;
}

static void release(struct lock *lock, unsigned self)
{
	unsigned node = lock->of[self].node;
	lock->of[self].node = lock->of[self].previous;
	atomic_store(&lock->busy[node], false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
