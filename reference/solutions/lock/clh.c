/* CLH queue lock: each waiter spins on its predecessor's node, and takes that node over when it leaves.
 * (Craig 1993; Landin and Hagersten 1994.) Nodes are numbers, so that the lock may lie anywhere. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool busy[LOCK_THREADS_MAX + 1]; /* per node: its user holds the lock, or waits for it */
	atomic_uint tail;                       /* the node of the last in the queue */
	struct {
		unsigned node, previous;
	} of[LOCK_THREADS_MAX]; /* touched only by its own thread */
};

static int init(struct lock *lock, unsigned threads)
{
	for (unsigned i = 0; i <= threads; i++)
		atomic_init(&lock->busy[i], false);
	for (unsigned i = 0; i < threads; i++)
		lock->of[i].node = i;
	atomic_init(&lock->tail, threads); /* one node more than threads: the queue always has one in it */
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned node = lock->of[self].node;
	atomic_store_explicit(&lock->busy[node], true, memory_order_relaxed);
	/* Release: the successor that finds our node here reads busy == true, or something newer. */
	unsigned previous = atomic_exchange_explicit(&lock->tail, node, memory_order_acq_rel);
	while (atomic_load_explicit(&lock->busy[previous], memory_order_acquire))
		sched_yield();
	lock->of[self].previous = previous;
}

static void release(struct lock *lock, unsigned self)
{
	unsigned node = lock->of[self].node;
	/* Our node may still be read by our successor; the one that we have waited for is read by nobody any more. */
	lock->of[self].node = lock->of[self].previous;
	atomic_store_explicit(&lock->busy[node], false, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
