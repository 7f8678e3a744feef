/* Peterson's algorithm with atomics. */
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
		;
}

static void release(struct lock *lock, unsigned self)
{
	lock->flag[self] = 0;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: lock->flag has 2 places, and thread 2 uses one beyond them (line 22): say for how many threads it is
 * (.threads_max = 2), or make it larger
 * lines: 37 */
