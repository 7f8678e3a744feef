/* Right, but its exchange is out of sight: nothing may be said of it. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: inconclusive .*inline assembly
// test: lock-counter | -t 2 -r 1 -p 2 | progress: inconclusive .*inline assembly
#include <stdatomic.h>
#include <syncgrade/lock.h>
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
	int old;
	(void)self;
	do {
		old = 1;
		__asm__ volatile("xchgl %0, %1" : "+r"(old), "+m"(l->held) : : "memory");
	} while (old != 0);
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
