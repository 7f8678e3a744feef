/* Array queue lock (Anderson 1990) with four places, whatever init() is told. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>

#define PLACES 4u

struct lock {
	atomic_uint tail;
	atomic_int go[PLACES];
	unsigned at[LOCK_THREADS_MAX]; /* each used by its thread alone */
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->tail, 0);
	for (unsigned i = 0; i < PLACES; i++)
		atomic_init(&lock->go[i], i == 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned place = atomic_fetch_add(&lock->tail, 1) % PLACES;
	while (!atomic_load(&lock->go[place]))
		sched_yield();
	lock->at[self] = place;
}

static void release(struct lock *lock, unsigned self)
{
	unsigned place = lock->at[self];
	atomic_store(&lock->go[place], 0);
	atomic_store(&lock->go[(place + 1) % PLACES], 1);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
