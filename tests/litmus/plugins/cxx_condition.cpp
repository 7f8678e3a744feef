/* A ticket lock of std::mutex and std::condition_variable. */
// test: lock-counter | -t 3 -r 1 -p 0x401 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
// test: lock-starvation | -t 2 -r 1 -p 4 -b 1 | bounded-waiting: pass
#include <condition_variable>
#include <mutex>
#include <new>
#include <syncgrade/lock.h>
struct lock {
	std::mutex m;
	std::condition_variable cv;
	bool taken;
	unsigned long next, serving;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock{};
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	std::unique_lock<std::mutex> g(l->m);
	unsigned long mine = l->next++;
	l->cv.wait(g, [&] { return l->serving == mine; });
}
static void release(struct lock *l, unsigned)
{
	{
		std::lock_guard<std::mutex> g(l->m);
		l->serving++;
	}
	l->cv.notify_all();
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
