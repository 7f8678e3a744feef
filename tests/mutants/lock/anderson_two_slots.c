/* Anderson's array lock with two slots, whatever the number of threads. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool open[2];
	atomic_uint next;
	unsigned mine;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->open[0], true);
	atomic_init(&lock->open[1], false);
	atomic_init(&lock->next, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	unsigned mine = atomic_fetch_add(&lock->next, 1) % 2;
	while (!atomic_load(&lock->open[mine]))
		sched_yield();
	atomic_store(&lock->open[mine], false);
	lock->mine = mine;
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->open[(lock->mine + 1) % 2], true);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
