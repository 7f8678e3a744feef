/* Lets everybody in. */
#include <syncgrade/rwlock.h>

struct rwlock {
	unsigned threads;
};

static int init(struct rwlock *lock, unsigned threads)
{
	lock->threads = threads;
	return 0;
}

static void pass(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = pass,
	.release_read = pass,
	.acquire_write = pass,
	.release_write = pass,
};
