/* The flag lies outside of the object: right between threads, and each process has its own. */
// test: lock-counter | -t 2 -r 2 -p 1 | mutual-exclusion: pass .* complete
// test: lock-processes | -t 2 -r 2 -p 0x200 | process-shared: FAIL .*processes 0 and 1 are in the critical section
// test: lock-processes | -t 3 -r 1 -p 0x1 | mutual-exclusion: FAIL
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	char unused;
};
static atomic_flag held = ATOMIC_FLAG_INIT;
static int init(struct lock *l, unsigned n)
{
	(void)l;
	(void)n;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)l;
	(void)self;
	while (atomic_flag_test_and_set_explicit(&held, memory_order_acquire))
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)l;
	(void)self;
	atomic_flag_clear_explicit(&held, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
