/* How it waits is told. */
// test: lock-busy-waiting | -t 2 -p 0x80 | busy-waiting: FAIL .*acquire.. sleeps and looks, in a loop of 1 step
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
#include <time.h>
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
	while (atomic_exchange(&l->held, 1) != 0)
		nanosleep(&(const struct timespec){ .tv_nsec = 1000 }, NULL);
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
