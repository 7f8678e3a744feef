/* A ticket lock that keeps who waited how long, moved by one place at each acquire: few states, and each a long way
 * from the beginning. What the search may cost is said in steps. */
// test: lock-starvation | -t 3 -r 1 -p 4 | bounded-waiting: inconclusive .* more states than the budget allows for
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_uint next, now;
	unsigned history[150];
};
static int init(struct lock *l, unsigned threads)
{
	(void)threads;
	atomic_init(&l->next, 0);
	atomic_init(&l->now, 0);
	for (int i = 0; i < 150; i++)
		l->history[i] = 0;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	unsigned mine = atomic_fetch_add(&l->next, 1);
	unsigned waited = mine - atomic_load(&l->now);
	while (atomic_load(&l->now) != mine)
		sched_yield();
	for (int i = 149; i > 0; i--)
		l->history[i] = l->history[i - 1];
	l->history[0] = waited;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_fetch_add(&l->now, 1);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
