/* The bakery: take a number larger than all others; the smallest number goes first, and of two equal ones the smaller
 * thread. Needs nothing but loads and stores. (Lamport, "A new solution of Dijkstra's concurrent programming problem",
 * 1974.) */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <syncgrade/lock.h>

struct lock {
	unsigned threads;
	atomic_bool choosing[LOCK_THREADS_MAX];
	_Atomic(uint64_t) number[LOCK_THREADS_MAX]; /* 0: does not want in */
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

static uint64_t largest(struct lock *lock)
{
	uint64_t max = 0;
	for (unsigned i = 0; i < lock->threads; i++) {
		uint64_t number = atomic_load(&lock->number[i]);
		if (number > max)
			max = number;
	}
	return max;
}

static bool before(uint64_t a, unsigned thread_a, uint64_t b, unsigned thread_b)
{
	return a < b || (a == b && thread_a < thread_b);
}

/* Everything is sequentially consistent (the default of <stdatomic.h>): each thread writes its own number and then
 * reads the others', and of two that do so at once, one must see the other. */
static void acquire(struct lock *lock, unsigned self)
{
	atomic_store(&lock->choosing[self], true);
	uint64_t mine = largest(lock) + 1;
	atomic_store(&lock->number[self], mine);
	atomic_store(&lock->choosing[self], false);
	for (unsigned i = 0; i < lock->threads; i++) {
		uint64_t number;
		if (i == self)
			continue;
		while (atomic_load(&lock->choosing[i]))
			sched_yield();
		while ((number = atomic_load(&lock->number[i])) != 0 && before(number, i, mine, self))
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
