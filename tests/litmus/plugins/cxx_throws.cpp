/* Exceptions are not modelled. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: inconclusive .*not modelled: _ZSt20__throw_system_errori
#include <mutex>
#include <new>
#include <syncgrade/lock.h>
struct lock {
	std::mutex m;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	l->m.lock();
	std::unique_lock<std::mutex> g;
	try {
		g.lock();
	} catch (const std::system_error &) {
	}
}
static void release(struct lock *l, unsigned)
{
	l->m.unlock();
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
