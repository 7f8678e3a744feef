/* A ticket lock that notes beside each of 201 places who had it last: more than 200 words are touched in one go. */
// test: lock-starvation | -t 2 -r 1 -p 4 | bounded-waiting: pass .* bypass 1: within the first 8 entries
// test: lock-starvation | -t 3 -r 1 -p 4 -x 100000 | bounded-waiting: pass .* bypass 2: within the first 8 entries
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>

#define PLACES 201

struct lock {
	atomic_uint next, now;
	unsigned last[PLACES];
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->next, 0);
	atomic_init(&lock->now, 0);
	for (unsigned i = 0; i < PLACES; i++)
		lock->last[i] = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned mine = atomic_fetch_add(&lock->next, 1);
	while (atomic_load(&lock->now) != mine)
		sched_yield();
	for (unsigned i = 0; i < PLACES; i++)
		lock->last[i] = self;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add(&lock->now, 1);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
