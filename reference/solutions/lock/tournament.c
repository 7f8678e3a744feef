/* A tournament: a binary tree of Peterson locks. A thread climbs from its leaf to the root, winning one match of two at
 * each node, and gives the nodes back from the root down. (Peterson and Fischer 1977.) */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct match {
	atomic_bool wants[2];
	atomic_uint turn;
};

struct lock {
	unsigned leaves;                      /* a power of two, at least the number of threads */
	struct match match[LOCK_THREADS_MAX]; /* a heap: 1 is the root, the parent of i is i / 2 */
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

/* Of a match, only one thread at a time plays each side: the winner of the match below. See peterson.c. */
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

/* From the root down: the nodes below keep others off our side of those above until these are free. */
static void release(struct lock *lock, unsigned self)
{
	for (unsigned width = lock->leaves; width > 1; width /= 2) {
		unsigned place = (lock->leaves + self) / (width / 2);
		atomic_store(&lock->match[place / 2].wants[place % 2], false);
	}
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
