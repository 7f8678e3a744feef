/* spins, and yields every 64th time */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_int held;
};

static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->held, 0);
	return 0;
}

static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	for (unsigned spins = 1; atomic_exchange(&l->held, 1); spins++)
		if (spins % 64 == 0)
			sched_yield();
}

static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->held, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
