/* The lock is a pointer that nobody has set. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/lock.h>

struct state {
	atomic_bool held;
};

struct lock {
	struct state *state;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->state = NULL;
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_exchange(&lock->state->held, true))
		;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->state->held, false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
