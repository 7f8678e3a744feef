/* volatile is not atomic: it neither makes test and set one step nor orders anything. */
#include <syncgrade/lock.h>

struct lock {
	volatile int held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->held = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (lock->held)
		;
	lock->held = 1;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	lock->held = 0;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
