/* The bakery, which looks at all 32 slots, however many threads there are. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

#define MAX_THREADS 32

struct lock {
	atomic_bool choosing[MAX_THREADS];
	atomic_uint number[MAX_THREADS];
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	for (int i = 0; i < MAX_THREADS; i++) {
		atomic_init(&lock->choosing[i], false);
		atomic_init(&lock->number[i], 0);
	}
	return 0;
}

static unsigned highest(struct lock *lock)
{
	unsigned most = 0;
	for (int i = 0; i < MAX_THREADS; i++) {
		unsigned number = lock->number[i];
		if (number > most)
			most = number;
	}
	return most;
}

static bool comes_before(unsigned number, unsigned thread, unsigned mine, unsigned self)
{
	return number != 0 && (number < mine || (number == mine && thread < self));
}

static void acquire(struct lock *lock, unsigned self)
{
	lock->choosing[self] = true;
	unsigned mine = highest(lock) + 1;
	lock->number[self] = mine;
	lock->choosing[self] = false;
	for (unsigned i = 0; i < MAX_THREADS; i++) {
		while (lock->choosing[i])
			sched_yield();
		while (comes_before(lock->number[i], i, mine, self))
			sched_yield();
	}
}

static void release(struct lock *lock, unsigned self)
{
	lock->number[self] = 0;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: nothing is wrong
 * lines: 16 */
