/* Each thread waits a different time, and hopes. */
#include <syncgrade/lock.h>
#include <unistd.h>

struct lock {
	unsigned threads;
};

static int init(struct lock *lock, unsigned threads)
{
	lock->threads = threads;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	usleep(10 * (self % lock->threads));
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
