/* A test-and-set lock whose release() has words on its stack that nobody writes: there is what earlier calls have left,
 * nothing at a thread's first, and no part of what the lock does. Neither are there more states for it, nor does a path
 * come to another state for it: what repeats begins in the first release(), and is back in the second.
 */
// test: lock-starvation | -t 2 -p 4 | bounded-waiting: FAIL executions 7 blocked 0 complete
// test: lock-starvation | -t 3 -p 4 -b 9 | bounded-waiting: FAIL executions 19 blocked 0 complete
// test: lock-starvation | -t 2 -p 4 -S sba2.b2a | bounded-waiting: FAIL executions 4
// test: lock-starvation | -t 3 -p 4 -b 9 -S sba2c2.b2ac | bounded-waiting: FAIL executions 5
#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_uint taken;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->taken, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_exchange(&lock->taken, 1) != 0)
		;
}

__attribute__((noinline)) static void give_back(struct lock *lock)
{
	uint64_t unwritten[64];

	__asm__ volatile("" : : "r"(unwritten));
	atomic_store(&lock->taken, 0);
}

__attribute__((noinline)) static void leave_something(void)
{
	volatile uint64_t something[64];

	for (unsigned i = 0; i < 64; i++)
		something[i] = i + 1;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	give_back(lock);
	leave_something();
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
