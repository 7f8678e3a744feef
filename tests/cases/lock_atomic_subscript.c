/* Peterson, with a turn that is a subscript. For that, gcc 12 makes a plain load of an atomic variable; in C it is
 * one like all others, and nothing races. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_int wants[2];
	unsigned first[2]; /* who goes first, by turn */
	atomic_uint turn;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	for (unsigned i = 0; i < 2; i++) {
		atomic_init(&lock->wants[i], 0);
		lock->first[i] = i;
	}
	atomic_init(&lock->turn, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	lock->wants[self] = 1;
	lock->turn = 1 - self;
	while (lock->wants[1 - self] && lock->first[lock->turn] != self)
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	lock->wants[self] = 0;
}

const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
					 .threads_max = 2,
					 .size = sizeof(struct lock),
					 .init = init,
					 .acquire = acquire,
					 .release = release };
