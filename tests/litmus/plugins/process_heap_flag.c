/* The object holds a pointer to what init() took from the heap: a copy in each process. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass .* complete
// test: lock-processes | -t 2 -r 1 -p 0x200 | process-shared: FAIL .*processes 0 and 1 are in the critical section
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_flag *held;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->held = malloc(sizeof *l->held);
	atomic_flag_clear(l->held);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_flag_test_and_set_explicit(l->held, memory_order_acquire))
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_flag_clear_explicit(l->held, memory_order_release);
}
static void destroy(struct lock *l)
{
	free(l->held);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
