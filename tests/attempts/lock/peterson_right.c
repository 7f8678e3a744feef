/* Peterson's algorithm with atomics, for two threads. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_int flag[2];
	atomic_int turn;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->flag[0] = 0;
	lock->flag[1] = 0;
	lock->turn = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	int other = 1 - (int)self;
	lock->flag[self] = 1;
	lock->turn = other;
	while (lock->flag[other] && lock->turn == other)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	lock->flag[self] = 0;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: nothing is wrong
 * lines: 15 */
