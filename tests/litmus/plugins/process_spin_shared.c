/* The library's spin lock, initialized to be shared. */
// test: lock-processes | -t 2 -r 1 -p 0x200 | process-shared: pass .* complete
#include <pthread.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_spinlock_t spin;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	return pthread_spin_init(&l->spin, PTHREAD_PROCESS_SHARED);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	pthread_spin_lock(&l->spin);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_spin_unlock(&l->spin);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
