/* A lock with a flag. */
#include <syncgrade/lock.h>

struct lock {
	volatile int locked;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->locked = 0;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (lock->locked == 1)
		;
	lock->locked = 1;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	lock->locked = 0;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: reads lock->locked (line 18) and writes it (line 20): between the two
 * lines: 35 */
