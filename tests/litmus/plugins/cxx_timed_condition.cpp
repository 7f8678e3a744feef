/* A condition's wait_for() is over when the clock says so, too: who goes on then is in without the lock. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: FAIL executions
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <syncgrade/lock.h>
struct lock {
	std::mutex m;
	std::condition_variable c;
	bool taken = false;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	std::unique_lock<std::mutex> g(l->m);
	l->c.wait_for(g, std::chrono::milliseconds(50), [l] { return !l->taken; });
	l->taken = true;
}
static void release(struct lock *l, unsigned)
{
	std::lock_guard<std::mutex> g(l->m);
	l->taken = false;
	l->c.notify_one();
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
