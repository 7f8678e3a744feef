/* Notified after the mutex was unlocked: the condition variable may be gone. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*destroys a condition variable
#include <condition_variable>
#include <list>
#include <mutex>
#include <new>
#include <syncgrade/lock.h>
struct waiter {
	std::condition_variable cv;
	bool go = false;
};
struct lock {
	std::mutex m;
	bool taken = false;
	std::list<waiter *> q;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	std::unique_lock<std::mutex> g(l->m);
	if (!l->taken) {
		l->taken = true;
		return;
	}
	waiter w;
	l->q.push_back(&w);
	w.cv.wait(g, [&] { return w.go; });
}
static void release(struct lock *l, unsigned)
{
	std::unique_lock<std::mutex> g(l->m);
	if (l->q.empty()) {
		l->taken = false;
		return;
	}
	waiter *w = l->q.front();
	l->q.pop_front();
	w->go = true;
	g.unlock();
	w->cv.notify_one();
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
