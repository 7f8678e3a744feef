/* Each waits for the other by writing a value that changes from round to round and comes back: that is livelock, not
 * counting. */
// test: lock-progress | -t 2 -r 1 -p 2 | progress: FAIL .*
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int want[2];
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->want[0], 0);
	atomic_init(&l->want[1], 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	atomic_store(&l->want[self], 1);
	while (atomic_load(&l->want[1 - self]) != 0)
		atomic_store(&l->want[self], atomic_load(&l->want[self]) % 2 + 1);
}
static void release(struct lock *l, unsigned self)
{
	atomic_store(&l->want[self], 0);
}
const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
					 .threads_max = 2,
					 .size = sizeof(struct lock),
					 .init = init,
					 .acquire = acquire,
					 .release = release };
