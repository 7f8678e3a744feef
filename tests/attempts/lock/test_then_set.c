/* The flag is atomic now, so nothing can go wrong. */
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_int locked;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_store(&lock->locked, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_load(&lock->locked) != 0)
		;
	atomic_store(&lock->locked, 1);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->locked, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: reads lock->locked (line 19) and writes it (line 21): between the two
 * lines: 29 */
