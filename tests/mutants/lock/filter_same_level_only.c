/* The filter that looks only for threads on the same level, not above. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	unsigned threads;
	atomic_uint level[LOCK_THREADS_MAX];
	atomic_uint victim[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = threads;
	for (unsigned i = 0; i < threads; i++) {
		atomic_init(&lock->level[i], 0);
		atomic_init(&lock->victim[i], 0);
	}
	return 0;
}

static bool someone_at(struct lock *lock, unsigned self, unsigned level)
{
	for (unsigned i = 0; i < lock->threads; i++)
		if (i != self && atomic_load(&lock->level[i]) == level)
			return true;
	return false;
}

static void acquire(struct lock *lock, unsigned self)
{
	for (unsigned level = 1; level < lock->threads; level++) {
		atomic_store(&lock->level[self], level);
		atomic_store(&lock->victim[level], self);
		while (atomic_load(&lock->victim[level]) == self && someone_at(lock, self, level))
			sched_yield();
	}
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store(&lock->level[self], 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
