/* A lock with a flag: wait until it is free, then take it. */
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	bool taken;
};

static int init(struct lock *l, unsigned threads)
{
	(void)threads;
	l->taken = false;
	return 0;
}

static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (l->taken) {
		/* wait */
	}
	l->taken = true;
}

static void release(struct lock *l, unsigned self)
{
	(void)self;
	l->taken = false;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: reads lock->taken (line 19) and writes it (line 22): between the two
 * lines: 37 */
