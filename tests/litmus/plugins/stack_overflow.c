/* A recursion that does not end. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*thread [01] overflows its stack
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: inconclusive
#include <syncgrade/lock.h>
struct lock {
	int held;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->held = 0;
	return 0;
}
static int deeper(struct lock *l, int depth)
{
	volatile char frame[1000];
	frame[depth % 1000] = (char)depth;
	return deeper(l, depth + 1) + frame[(depth + 1) % 1000];
}
static void acquire(struct lock *l, unsigned self)
{
	l->held = deeper(l, (int)self);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	l->held = 0;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
