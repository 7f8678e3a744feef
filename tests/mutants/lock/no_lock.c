/* The textbook's unsynchronized counter: there is a lock, and it does nothing. */
#include <syncgrade/lock.h>

struct lock {
	char nothing;
};
static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->nothing = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	(void)lock;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	(void)lock;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
