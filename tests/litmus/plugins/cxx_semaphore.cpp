/* std::counting_semaphore */
// test: lock-counter | -t 3 -r 1 -p 0x401 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <new>
#include <semaphore>
#include <syncgrade/lock.h>
struct lock {
	std::counting_semaphore<1> s{ 1 };
};
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	l->s.acquire();
}
static void release(struct lock *l, unsigned)
{
	l->s.release();
}
static void destroy(struct lock *l)
{
	l->~lock();
}
extern "C" const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
						    .size = sizeof(struct lock),
						    .init = init,
						    .acquire = acquire,
						    .release = release,
						    .destroy = destroy };
