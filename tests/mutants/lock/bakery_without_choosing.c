/* Lamport's bakery without the flag that says "I am choosing a number". */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	unsigned threads;
	atomic_uint number[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = threads;
	for (unsigned i = 0; i < threads; i++)
		atomic_init(&lock->number[i], 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned mine = 0, number;
	for (unsigned i = 0; i < lock->threads; i++)
		if ((number = atomic_load(&lock->number[i])) > mine)
			mine = number;
	mine++;
	atomic_store(&lock->number[self], mine);
	for (unsigned i = 0; i < lock->threads; i++) {
		if (i == self)
			continue;
		while ((number = atomic_load(&lock->number[i])) != 0 && (number < mine || (number == mine && i < self)))
			sched_yield();
	}
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->number[self], 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
