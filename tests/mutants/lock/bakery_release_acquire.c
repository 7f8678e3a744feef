/* Lamport's bakery without sequential consistency. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	unsigned threads;
	atomic_bool choosing[LOCK_THREADS_MAX];
	atomic_uint number[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = threads;
	for (unsigned i = 0; i < threads; i++) {
		atomic_init(&lock->choosing[i], false);
		atomic_init(&lock->number[i], 0);
	}
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned mine = 0, number;
	atomic_store_explicit(&lock->choosing[self], true, memory_order_release);
	for (unsigned i = 0; i < lock->threads; i++)
		if ((number = atomic_load_explicit(&lock->number[i], memory_order_acquire)) > mine)
			mine = number;
	mine++;
	atomic_store_explicit(&lock->number[self], mine, memory_order_release);
	atomic_store_explicit(&lock->choosing[self], false, memory_order_release);
	for (unsigned i = 0; i < lock->threads; i++) {
		if (i == self)
			continue;
		while (atomic_load_explicit(&lock->choosing[i], memory_order_acquire))
			sched_yield();
		while ((number = atomic_load_explicit(&lock->number[i], memory_order_acquire)) != 0 &&
		       (number < mine || (number == mine && i < self)))
			sched_yield();
	}
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store_explicit(&lock->number[self], 0, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
