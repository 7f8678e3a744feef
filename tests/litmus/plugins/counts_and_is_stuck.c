/* The second thread does not give the lock back; who waits for it counts its rounds, and waits for ever. */
// test: lock-progress | -t 2 -r 1 -p 2 | progress: FAIL
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int taken;
	unsigned long rounds[LOCK_THREADS_MAX];
};
static int init(struct lock *l, unsigned n)
{
	atomic_init(&l->taken, 0);
	for (unsigned i = 0; i < n; i++)
		l->rounds[i] = 0;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	while (atomic_exchange(&l->taken, 1))
		l->rounds[self]++;
}
static void release(struct lock *l, unsigned self)
{
	if (self != 1)
		atomic_store(&l->taken, 0);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
