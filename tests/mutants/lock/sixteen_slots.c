/* Anderson's queue lock (1990) with sixteen slots, however many threads there are. */
#include <stdatomic.h>
#include <syncgrade/lock.h>

#define SLOTS 16u

struct lock {
	atomic_uint next;
	atomic_uint may_enter[SLOTS];
	unsigned mine[LOCK_THREADS_MAX]; /* each for its thread alone */
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->next, 0);
	for (unsigned i = 0; i < SLOTS; i++)
		atomic_init(&lock->may_enter[i], i == 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned slot = atomic_fetch_add(&lock->next, 1) % SLOTS;
	while (atomic_load(&lock->may_enter[slot]) == 0)
		;
	atomic_store(&lock->may_enter[slot], 0);
	lock->mine[self] = slot;
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->may_enter[(lock->mine[self] + 1) % SLOTS], 1);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
