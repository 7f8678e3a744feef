/* A tournament of Peterson locks that is given back from the leaf up. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct match {
	atomic_bool wants[2];
	atomic_uint turn;
};

struct lock {
	unsigned leaves;
	struct match match[LOCK_THREADS_MAX];
};

static int init(struct lock *lock, unsigned threads)
{
	for (lock->leaves = 1; lock->leaves < threads; lock->leaves *= 2)
		;
	for (unsigned i = 0; i < LOCK_THREADS_MAX; i++) {
		atomic_init(&lock->match[i].wants[0], false);
		atomic_init(&lock->match[i].wants[1], false);
		atomic_init(&lock->match[i].turn, 0);
	}
	return 0;
}

static void win(struct match *match, unsigned side)
{
	atomic_store(&match->wants[side], true);
	atomic_store(&match->turn, 1 - side);
	while (atomic_load(&match->wants[1 - side]) && atomic_load(&match->turn) != side)
		sched_yield();
}

static void acquire(struct lock *lock, unsigned self)
{
	for (unsigned place = lock->leaves + self; place > 1; place /= 2)
		win(&lock->match[place / 2], place % 2);
}

static void release(struct lock *lock, unsigned self)
{
	for (unsigned place = lock->leaves + self; place > 1; place /= 2)
		atomic_store(&lock->match[place / 2].wants[place % 2], false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
