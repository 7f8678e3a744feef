/* The ticket lock (Reed, Kanodia 1979) that counts how often it was taken and how long was waited: what it counts
 * decides nothing. */
#include <syncgrade/lock.h>

struct lock {
	unsigned next, serving;
	unsigned long rounds, taken; /* rounds: by all who wait; taken: by the holder */
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->next = lock->serving = 0;
	lock->rounds = lock->taken = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	unsigned ticket = __atomic_fetch_add(&lock->next, 1, __ATOMIC_RELAXED);
	while (__atomic_load_n(&lock->serving, __ATOMIC_ACQUIRE) != ticket)
		__atomic_fetch_add(&lock->rounds, 1, __ATOMIC_RELAXED);
	lock->taken++;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	__atomic_store_n(&lock->serving, lock->serving + 1, __ATOMIC_RELEASE);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
